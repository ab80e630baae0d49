import { auditHost, auditTree, told, type Files } from './baseline.contract';

const file = (mode: number, uid = 0) => ({ text: '', mode, uid });
const directory = (mode: number) => ({ text: null, kind: 'directory', mode }) as const;

async function modes(files: Files): Promise<unknown[]> {
  const { findings } = await auditTree(files);
  return findings
    .filter(({ ruleId }) => ruleId === 'BASELINE-PERM-001')
    .map(({ severity, metadata }) => [severity, metadata['path'], metadata['mode']]);
}

describe('modes of files of the system', () => {
  it.each([
    ['/etc/passwd', 0o644, 0o664, 'high'],
    ['/etc/group', 0o644, 0o646, 'high'],
    ['/etc/shadow', 0o640, 0o644, 'critical'],
    ['/etc/gshadow', 0o640, 0o660, 'critical'],
    ['/etc/sudoers', 0o440, 0o666, 'high'],
    ['/etc/sudoers.d/a', 0o440, 0o666, 'high'],
    ['/etc/crontab', 0o644, 0o664, 'high'],
    ['/etc/cron.d/a', 0o600, 0o666, 'high'],
    ['/etc/ssh/ssh_host_rsa_key', 0o640, 0o644, 'critical'],
    ['/etc/ssh/ssh_host_rsa_key.pub', 0o644, null, null],
  ])('%s may be %o, and not %o', async (path, most, more, severity) => {
    expect(await modes({ [path]: file(most) })).toEqual([]);
    if (more === null) return;
    expect(await modes({ [path]: file(more) })).toEqual([[severity, path, `0${more.toString(8)}`]]);
  });

  it('of keys are judged in every home', async () => {
    const files = {
      '/etc/passwd': ['a:x:1:1::/home/a:/bin/sh', 'b:x:2:2::/home/b/:/bin/sh', 'c:x:3:3::/:/x'],
      '/home/a/.ssh': directory(0o700),
      '/home/a/.ssh/authorized_keys': file(0o600, 1),
      '/home/b/.ssh': directory(0o750),
      '/home/b/.ssh/authorized_keys': file(0o644, 2),
      '/.ssh/authorized_keys': file(0o666),
    };
    expect(await modes(files)).toEqual([
      ['high', '/home/b/.ssh', '0750'],
      ['high', '/home/b/.ssh/authorized_keys', '0644'],
    ]);
  });

  it('of this machine go with owners; a tree belongs to whoever unpacked it', async () => {
    const files = { '/etc/shadow': file(0o600, 1000), '/etc/passwd': file(0o644) };
    const onHost = told(await auditHost(files)).filter((line) => line.startsWith('PERM'));
    expect(onHost).toEqual(['PERM-002 /etc/shadow owner']);
    expect(told(await auditTree(files))).toEqual([]);
  });
});

describe('files that everyone may write', () => {
  it('are told together for each directory, down to the third level', async () => {
    const report = await auditTree({
      '/etc/passwd': '',
      '/etc/a': file(0o666),
      '/etc/b/c/d': file(0o602),
      '/etc/b/c/e/f': file(0o666),
      '/usr/safe': file(0o660),
      '/var/spool/open': directory(0o1777),
      '/tmp/mine': file(0o666),
    });
    expect(report.findings).toMatchObject([
      {
        ruleId: 'BASELINE-WWRITE-001',
        metadata: { path: '/etc', files: ['/etc/a', '/etc/b/c/d'], count: 2 },
      },
    ]);
  });

  it('are counted, and the first ten named', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `/usr/f${String(at).padStart(2, '0')}`);
    const open = Object.fromEntries(names.map((name) => [name, file(0o666)]));
    const { findings } = await auditTree({ '/etc/passwd': '', ...open });
    expect(findings[0]?.metadata).toMatchObject({ count: 12, files: names.slice(0, 10) });
    expect(findings[0]?.description).toContain('/usr/f09 and 2 more.');
  });
});

describe('what cannot be read', () => {
  it('is skipped with the reason, and so is what cannot be listed', async () => {
    const { skipped, assessed } = await auditHost({
      '/etc/passwd': ['a:x:1:1::/home/a:/bin/sh', 'b:x:2:2::/home/b:/bin/sh'],
      '/etc/shadow': { text: null, mode: 0o640, sizeBytes: 900 },
      '/etc/sudoers': { text: null, sizeBytes: 2_000_000 },
      '/etc/crontab': { text: null, kind: 'other' },
      '/etc/sudoers.d': directory(0o750),
      '/home/a': directory(0o700),
      '/var/spool/cron/crontabs': directory(0o1730),
      '/etc/gshadow/x': '',
    });
    expect(skipped).toEqual([
      { path: '/etc/shadow', reason: 'cannot be read' },
      { path: '/etc/sudoers.d', reason: 'a directory that cannot be listed' },
      { path: '/home/a', reason: 'a directory that cannot be listed' },
      { path: '/etc/sudoers', reason: 'budget exceeded: larger than 1 MB' },
      { path: '/etc/crontab', reason: 'not a regular file' },
      { path: '/var/spool/cron/crontabs', reason: 'a directory that cannot be listed' },
    ]);
    expect(assessed).toEqual(['/etc/passwd']);
  });
});
