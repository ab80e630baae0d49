import type { FoundLockfile, ListedPackage } from '@securescan/core';
import fc from 'fast-check';
import { anyText } from '../any-text';

const KEYS = ['1', '2', '3', '4', '5'];
const TYPES = ['npm', 'pypi', 'golang', 'cargo', 'gem', 'composer', 'maven', 'generic'];
const LICENSES = ['MIT', 'mit', 'Apache 2.0', 'MIT or (ISC AND GPL-2.0+)', 'LicenseRef-x', 'BSD'];

/** Up to three lock files that say anything at all, within the types of a lock file. */
export function anyLockfiles(): fc.Arbitrary<FoundLockfile[]> {
  const word = fc.oneof(
    anyText(),
    fc.constantFrom(
      'a',
      'b',
      'A_b.c',
      'a-B-C',
      '@s/x',
      'a%2Fb',
      '\ud800',
      ' ',
      'https://x/y',
      'git+ssh://git@a.example.org/b@c',
    ),
  );
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/u);
  const hashes = fc.array(fc.record({ algorithm: fc.constant('SHA-256' as const), hex }), {
    maxLength: 2,
  });
  const found = fc.record<ListedPackage>({
    key: fc.constantFrom(...KEYS),
    type: fc.constantFrom(...TYPES),
    namespace: fc.option(word),
    name: word,
    version: fc.option(word),
    qualifiers: fc.dictionary(fc.constantFrom('vcs_url', 'download_url', 'classifier'), word),
    scope: fc.constantFrom('required', 'optional', 'dev'),
    license: fc.option(fc.oneof(fc.constantFrom(...LICENSES), word)),
    hashes,
    archives: fc.array(fc.record({ file: fc.option(word), hashes }), { maxLength: 2 }),
    dependsOn: fc.option(fc.subarray(KEYS)),
  });
  const lockfile = fc.record({
    projectName: fc.option(word),
    projectVersion: fc.option(word),
    packages: fc.uniqueArray(found, { selector: ({ key }) => key, maxLength: KEYS.length }),
    direct: fc.option(fc.subarray(KEYS)),
    notes: fc.array(word, { maxLength: 2 }),
  });
  return fc.uniqueArray(fc.record({ path: word, lockfile }), {
    selector: ({ path }) => path,
    maxLength: 3,
  });
}
