import { KEY_PATTERNS } from './keys';
import { describePatterns } from './patterns.contract';
import { text, upper } from './sample-values.contract';

/** The first line of a key; put together here so that no scanner takes this file for one. */
const armour = (before: string, after = '') => `-----BEGIN ${before}PRIVATE KEY${after}-----`;
const putty = (version: string) => `PuTTY-User-Key-File${version}: ssh-ed25519`;

describePatterns('key', KEY_PATTERNS, [
  ...['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED ', 'ANY '].map((label) => ({
    kind: 'private-key',
    line: '"@\\nMII"',
    value: armour(label),
  })),
  { kind: 'private-key', line: '@', value: armour('PGP ', ' BLOCK') },
  {
    kind: 'private-key',
    line: '@',
    value: ['---- BEGIN SSH2 ENCRYPTED', 'PRIVATE', 'KEY ----'].join(' '),
  },
  {
    kind: 'private-key',
    line: '@',
    value: putty('-3'),
    nearMiss: putty('-4'),
  },
  {
    kind: 'private-key',
    line: '@',
    value: putty('-2'),
    nearMiss: putty(''),
  },
  ...['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '].map((label) => ({
    kind: 'private-key-base64',
    line: 'tls.key: @',
    value: Buffer.from(`${armour(label)}\n${text(64)}\n`).toString('base64'),
    nearMiss: Buffer.from(`${armour('').replace('PRIVATE', 'PUBLIC')}\n${text(64)}\n`).toString(
      'base64',
    ),
  })),
  { kind: 'age-secret-key', value: `AGE-SECRET-KEY-1${upper(58)}` },
]);
