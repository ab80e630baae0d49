import { auditTree, told } from './baseline.contract';

async function sudo(...lines: string[]): Promise<string[]> {
  return told(await auditTree({ '/etc/sudoers': lines }));
}

describe('sudoers', () => {
  it.each([
    ['%wheel ALL=(ALL) NOPASSWD: ALL', '%wheel'],
    ['bob ALL=NOPASSWD:ALL', 'bob'],
    ['bob ALL = (ALL : ALL) NOPASSWD : SETENV : ALL', 'bob'],
    ['bob ALL=(ALL) SETENV: NOEXEC: NOPASSWD: ALL', 'bob'],
    ['bob ALL=NOPASSWD: /bin/ls, ALL', 'bob'],
    ['bob ALL=PASSWD: /bin/ls, NOPASSWD: ALL, !/bin/su', 'bob'],
    ['bob A=/bin/ls : B=NOPASSWD: ALL', 'bob'],
    ['bob A=NOPASSWD: ALL : B=/bin/ls', 'bob'],
    ['bob ALL=(root) CWD=/tmp NOPASSWD: ALL', 'bob'],
    ['alice , bob ALL=NOPASSWD: ALL', 'alice,bob'],
    ['#1000 ALL=NOPASSWD: ALL', '#1000'],
    ['"a user" ALL=NOPASSWD: ALL', '"a user"'],
    ['bob ALL=NOPASSWD: ALL # for now', 'bob'],
    ['bob ALL=\\\n NOPASSWD: \\\n ALL', 'bob'],
    ['Cmnd_Alias X = /bin/ls, ALL\nbob ALL=NOPASSWD: X', 'bob', 3],
    ['Cmnd_Alias X = Y : Y = ALL\nbob ALL=NOPASSWD: X', 'bob', 3],
    ['bob ALL=NOPASSWD: X\nCmnd_Alias X = ALL', 'bob'],
  ])('reports %j', async (lines, who, line = 2) => {
    expect(await sudo('', ...lines.split('\n'))).toEqual([`SUDO-001 /etc/sudoers:${line} ${who}`]);
  });

  it.each([
    'root ALL=(ALL:ALL) ALL',
    'bob ALL=NOPASSWD: /usr/bin/systemctl restart app',
    'bob ALL=NOPASSWD: /bin/ls, PASSWD: ALL',
    'bob ALL=NOPASSWD: !ALL',
    'bob ALL=NOPASSWD: /bin/echo NOPASSWD\\: ALL',
    'bob A=NOPASSWD: /bin/ls : B=ALL',
    '# bob ALL=NOPASSWD: ALL',
    '  # bob ALL=NOPASSWD: ALL',
    'bob ALL=/bin/ls # NOPASSWD: ALL',
    'Cmnd_Alias X = /bin/ls : Y = ALL\nbob ALL=NOPASSWD: X',
    'Cmnd_Alias X = Y : Y = X\nbob ALL=NOPASSWD: X',
    'User_Alias ADMINS = bob, NOPASSWD\\: ALL',
    'Defaults env_reset, !lecture, authenticate',
    'bob NOPASSWD: ALL',
    '=NOPASSWD: ALL',
  ])('is silent about %j', async (lines) => {
    expect(await sudo(...lines.split('\n'))).toEqual([]);
  });

  it.each([
    ['Defaults !authenticate', 'Defaults'],
    ['Defaults env_reset, ! authenticate', 'Defaults'],
    ['Defaults:bob !authenticate', ':bob'],
    ['Defaults@host !authenticate', '@host'],
    ['Defaults>www !authenticate', '>www'],
  ])('reports %j', async (line, scope) => {
    expect(await sudo(line)).toEqual([`SUDO-002 /etc/sudoers:1 ${scope}`]);
  });

  it('reads the directories that are included, but not every file in them', async () => {
    const rule = 'bob ALL=NOPASSWD: ALL';
    const files = {
      '/etc/sudoers': ['#includedir /etc/sudoers.d', '@include other'],
      '/etc/sudoers.d/90-bob': rule,
      '/etc/sudoers.d/90-bob.dpkg-old': rule,
      '/etc/sudoers.d/90-bob~': rule,
      '/etc/other': rule,
    };
    expect(told(await auditTree(files))).toEqual([
      'SUDO-001 /etc/other:1 bob',
      'SUDO-001 /etc/sudoers.d/90-bob:1 bob',
    ]);
    expect(told(await auditTree({ ...files, '/etc/sudoers': 'root ALL=(ALL) ALL' }))).toEqual([]);
  });

  it('reads the usual directory where the file that includes it is not there', async () => {
    const files = { '/etc/sudoers.d/bob': 'bob ALL=NOPASSWD: ALL' };
    expect(told(await auditTree(files))).toEqual(['SUDO-001 /etc/sudoers.d/bob:1 bob']);
  });
});
