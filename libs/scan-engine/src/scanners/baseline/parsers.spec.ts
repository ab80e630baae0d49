import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { parsePasswd, parseShadow } from './account-files';
import { secretNames } from './check-machine';
import { parseCrontab, programsOf } from './crontab';
import { parseNetstat, parseSs } from './listening-sockets';
import {
  firewalldFilters,
  iptablesFilter,
  nftFilters,
  ufwIsActive,
  ufwIsEnabled,
} from './packet-filters';
import { parseApk, parseApt, parseDnf } from './pending-updates';
import { parseLoginDefs, parseSysctl, wholeNumber } from './setting-files';
import { parseSshd } from './sshd-config';
import { parseSudoers } from './sudoers';
import { matchesWildcard } from './wildcard';

const PARSERS: readonly (readonly [
  name: string,
  parse: (text: string) => unknown,
  words: readonly string[],
])[] = [
  ['passwd', parsePasswd, ['root', ':', 'x', '0', '/bin/sh', '\n']],
  ['shadow', parseShadow, ['root', ':', '!', '$1$', '\n']],
  ['login.defs', parseLoginDefs, ['PASS_MAX_DAYS', ' ', '"', '9', '\n']],
  ['sysctl', parseSysctl, ['net', '.', '/', '*', ' ', '=', '1', '-', '\n']],
  ['sshd_config', parseSshd, ['Match', 'Include', ' ', '\t', '=', '"', '#', 'yes', '\n']],
  [
    'sudoers',
    parseSudoers,
    [
      'bob',
      ' ',
      'ALL',
      '=',
      'NOPASSWD',
      ':',
      ',',
      '(',
      ')',
      '"',
      '\\',
      '#',
      'Cmnd_Alias',
      'Defaults',
      '!authenticate',
      '\n',
    ],
  ],
  [
    'crontab',
    (text) => [parseCrontab(text, true), parseCrontab(text, false)],
    ['*', ' ', '@daily', 'root', '/bin/sh', '-', '%', '\n'],
  ],
  [
    'commands',
    programsOf,
    ['/bin/sh', ' ', '&&', '|', ';', '>', '2>&1', '"', 'A=', '(', ')', '%', '\\'],
  ],
  [
    'nft',
    nftFilters,
    ['chain', ' ', 'input', '{', '}', 'type filter hook input', 'jump', 'drop', ';', '#', '\n'],
  ],
  ['iptables', iptablesFilter, ['-A', '-P', ' ', 'INPUT', ':', '*filter', '-j', 'DROP', '\n']],
  [
    'ufw',
    (text) => [ufwIsActive(text), ufwIsEnabled(text), firewalldFilters(text)],
    ['Status:', ' ', 'active', 'ENABLED', '=', '\n'],
  ],
  ['ss', parseSs, ['LISTEN', ' ', '0', '[::]', ':', '22', 'users:(("', '\n']],
  ['netstat', parseNetstat, ['tcp', 'tcp6', ' ', '0.0.0.0', ':', '22', '/', '\n']],
  ['apt', parseApt, ['bash', '/', 'stable-security', ' ', '1', '[upgradable from: ', '\n']],
  ['dnf', parseDnf, ['bash', '.', 'x86_64', ' ', 'Obsoleting Packages', '\n']],
  ['apk', parseApk, ['busybox', '-', '1', 'r2', ' ', '<', '\n']],
  ['the environment', secretNames, ['A_TOKEN', '=', '\0', 'x']],
  ['numbers', wholeNumber, ['-', '0', 'x', '9', 'f']],
  ['patterns', (text) => matchesWildcard(text, text), ['*', '?', '[', ']', '!', '-', 'a', '.']],
];

describe.each(PARSERS)('the parser of %s', (_name, parse, words) => {
  it('takes any text, and says the same of it each time', () => {
    const text = fc.oneof(
      anyText(),
      fc.array(fc.constantFrom(...words), { maxLength: 200 }).map((parts) => parts.join('')),
      fc.array(fc.oneof(anyText(), fc.constantFrom(...words))).map((parts) => parts.join('')),
    );
    fc.assert(fc.property(text, (sample) => expect(parse(sample)).toEqual(parse(sample))));
  });

  it('needs time in proportion to the text', () => {
    const shapes = words.flatMap((first) => words.map((second) => [first, second] as const));
    for (const [first, second] of shapes) {
      const before = process.cpuUsage();
      const many = second.repeat(Math.ceil(60_000 / second.length));
      for (const text of [`${first}${many}x`, `${words.join('')}${many}${first}`]) parse(text);
      parse(`${first}${second}`.repeat(Math.ceil(60_000 / (first.length + second.length))));
      // What grows with the square takes longer, and what is linear a few milliseconds. Of the processor: the machine may be busy.
      const isQuick = process.cpuUsage(before).user < 1_500_000;
      expect([first, second, isQuick]).toEqual([first, second, true]);
    }
  });
});

describe('patterns', () => {
  it.each([
    ['a.conf', '*.conf', true],
    ['.conf', '*.conf', false],
    ['a.conf.bak', '*.conf', false],
    ['10-a', '[0-9]?-*', true],
    ['x0-a', '[!0-9]?-*', true],
    ['a]', 'a[]]', true],
    ['a[', 'a[', true],
    ['abc', 'a*c*', true],
    ['', '*', true],
    ['ab', 'a', false],
  ])('%j by %j: %j', (name, pattern, expected) => {
    expect(matchesWildcard(name, pattern)).toBe(expected);
  });
});

it.each([
  ['0', 0],
  ['-1', -1],
  ['0x1F', 31],
  ['010', 8],
  ['09', null],
  ['1e3', null],
  ['', null],
  ['99999999999999999999', null],
])('reads %j as %j', (text, value) => {
  expect(wholeNumber(text)).toBe(value);
});
