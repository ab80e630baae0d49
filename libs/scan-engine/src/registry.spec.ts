import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import { SCANNERS } from './registry';

it('installs the releases that the tests run', () => {
  const list = join(__dirname, '../../tooling/scanner-tools.txt');
  const tested = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line));
  const installed = SCANNERS.flatMap((scanner) =>
    scanner.kind === 'external' && scanner.tool.package !== undefined ? [scanner.tool.package] : [],
  ).map(({ name, version }) => `${name}==${version}`);
  // Beside what is installed for people stands what only tests hold results against.
  const compared = ['pip-licenses==5.5.5'];
  expect([...installed, ...compared].sort(compareCodePoints)).toEqual(
    tested.sort(compareCodePoints),
  );
});
