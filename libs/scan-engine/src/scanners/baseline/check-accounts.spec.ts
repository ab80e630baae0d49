import { randomToken } from '@securescan/testing';
import { auditTree, told } from './baseline.contract';

const HASH = `$y$j9T$${randomToken(22, 1)}$${randomToken(43, 2)}`;
const MD5 = `$1$${randomToken(8, 3)}$${randomToken(22, 4)}`;
const DES = randomToken(13, 5);

const ROOT = 'root:x:0:0::/root:/bin/bash';

describe('accounts', () => {
  it.each([
    ['toor:x:0:0::/root:/bin/sh', ['USER-001 /etc/passwd:2 toor']],
    ['root:x:0:0::/root:/bin/sh', []],
    ['a:x:7:7::/:/bin/sh\nb:x:7:7::/:/bin/sh', ['USER-003 /etc/passwd:3 b']],
    ['a::7:7::/:/bin/sh', ['USER-002 /etc/passwd:2 a']],
    [`a:${HASH}:7:7::/:/bin/sh`, ['USER-004 /etc/passwd:2 a']],
    [`a:${DES}:7:7::/:/bin/sh`, ['PWD-004 /etc/passwd:2 a', 'USER-004 /etc/passwd:2 a']],
    ['a:*:7:7::/:/bin/sh\nb:!:8:8::/:/bin/sh', []],
    ['+::::::\n#toor:x:0:0::/:/bin/sh\ntoor:x:0\nx:x:00x:0::/:/bin/sh', []],
  ])('of %j in /etc/passwd: %j', async (lines, expected) => {
    expect(told(await auditTree({ '/etc/passwd': `${ROOT}\n${lines}\n` }))).toEqual(expected);
  });

  it.each(['!', '!!', '*', '!*', 'x', HASH, `!${HASH}`, `!${MD5}`])(
    'is silent about %j in /etc/shadow',
    async (field) => {
      expect(told(await auditTree({ '/etc/shadow': `alice:${field}:1:0:9:7:::\n` }))).toEqual([]);
    },
  );

  it('reports every empty field of /etc/shadow by how far it leads', async () => {
    const { findings } = await auditTree({
      '/etc/passwd': [ROOT, 'games:x:5:5::/:/usr/sbin/nologin', 'alice:x:7:7::/:/bin/sh'],
      '/etc/shadow': ['root::1', 'games::1', 'alice::1', 'ghost::1', 'eve:!::::::'],
    });
    expect(
      findings.map(({ ruleId, severity, discriminator }) => [ruleId, severity, discriminator]),
    ).toEqual([
      ['BASELINE-USER-002', 'critical', '/etc/shadow root'],
      ['BASELINE-USER-002', 'medium', '/etc/shadow games'],
      ['BASELINE-USER-002', 'high', '/etc/shadow alice'],
      ['BASELINE-USER-002', 'high', '/etc/shadow ghost'],
    ]);
  });

  it('reports hashes of another age', async () => {
    const shadow = [`a:${MD5}:1`, `b:${DES}:1`, `c:${HASH}:1`, `d:_${DES}abcdef:1`];
    expect(told(await auditTree({ '/etc/shadow': shadow }))).toEqual([
      'PWD-004 /etc/shadow:1 a',
      'PWD-004 /etc/shadow:2 b',
      'PWD-004 /etc/shadow:4 d',
    ]);
  });

  it('shows nothing of a line in which a hash stands in the wrong place', async () => {
    const report = await auditTree({
      '/etc/shadow': [`${HASH}::1`, `::${HASH}`, `alice:${HASH}`, `bob::${HASH}:`],
      '/etc/passwd': [`${MD5}::0:0::/:/bin/sh`, `a:${MD5}`],
    });
    expect(told(report)).toEqual(['USER-002 /etc/shadow:4 bob']);
    for (const secret of [HASH, MD5]) expect(JSON.stringify(report)).not.toContain(secret);
  });
});

describe('the policy for passwords', () => {
  const policy = async (...lines: string[]) => told(await auditTree({ '/etc/login.defs': lines }));

  it.each([
    ['PASS_MAX_DAYS 91', 'PWD-001', 'PASS_MAX_DAYS'],
    ['PASS_MAX_DAYS\t-1', 'PWD-001', 'PASS_MAX_DAYS'],
    ['PASS_MAX_DAYS "0x100"', 'PWD-001', 'PASS_MAX_DAYS'],
    ['PASS_MIN_DAYS 0', 'PWD-002', 'PASS_MIN_DAYS'],
    ['PASS_MIN_LEN 7', 'PWD-003', 'PASS_MIN_LEN'],
    ['ENCRYPT_METHOD des', 'PWD-004', 'ENCRYPT_METHOD'],
  ])('reports %j', async (line, rule, setting) => {
    expect(await policy('', line)).toEqual([`${rule} /etc/login.defs:2 ${setting}`]);
  });

  it.each([
    'PASS_MAX_DAYS 90',
    'PASS_MAX_DAYS 0100',
    'PASS_MIN_DAYS 1',
    'PASS_MIN_LEN 8',
    '# PASS_MAX_DAYS 99999',
    'PASS_MAX_DAYS many',
    'PASS_MAX_DAYS 99999\nPASS_MAX_DAYS 30',
    'ENCRYPT_METHOD SHA512',
    'PASS_WARN_AGE 7',
  ])('is silent about %j', async (lines) => {
    expect(await policy(...lines.split('\n'))).toEqual([]);
  });
});
