import { randomToken } from '@securescan/testing';
import { auditTree, told } from './baseline.contract';
import { programsOf } from './crontab';

const OPEN = { '/opt/open.sh': { text: '', mode: 0o777 }, '/opt/safe.sh': { text: '' } };

async function cron(path: string, ...lines: string[]): Promise<string[]> {
  return told(await auditTree({ ...OPEN, [path]: lines }));
}

describe('programs that cron runs as root', () => {
  it.each([
    '* * * * * root /opt/open.sh',
    '*/5 0-4,6 1 jan-mar mon root /opt/open.sh --all',
    '@reboot root /opt/open.sh',
    '  @daily\troot\t/opt/open.sh',
    '-*/15 * * * * root /opt/open.sh',
    '* * * * * root cd / && /opt/open.sh',
    '* * * * * root test -x /opt/open.sh && A=1 /opt/open.sh',
    '* * * * * root ( /usr/bin/env bash /opt/open.sh ) >/dev/null 2>&1',
    '* * * * * root "/opt/open.sh"',
    '* * * * * root . /opt/open.sh; true',
  ])('are found in %j', async (line) => {
    const found = ['CRON-001 /etc/crontab:2 root /opt/open.sh'];
    expect(await cron('/etc/crontab', 'PATH=/opt', line)).toEqual(found);
  });

  it.each([
    '* * * * * alice /opt/open.sh',
    '* * * * * root /opt/safe.sh',
    '* * * * * root /opt/safe.sh /opt/open.sh',
    '* * * * * root /opt/safe.sh > /opt/open.sh 2>>/opt/open.sh',
    '* * * * * root mail%/opt/open.sh',
    '* * * * * root /opt/missing.sh',
    '# * * * * * root /opt/open.sh',
    'COMMAND=* * * * * root /opt/open.sh',
    '* * * * root /opt/open.sh',
  ])('are not seen in %j', async (line) => {
    expect(await cron('/etc/crontab', line)).toEqual([]);
  });

  it('are found in files with and without a column for the account', async () => {
    const report = await auditTree({
      ...OPEN,
      '/etc/passwd': ['root:x:0:0::/root:/bin/sh', 'admin:x:0:0::/root:/bin/sh'],
      '/etc/cron.d/a': '@daily admin /opt/open.sh',
      '/etc/cron.d/a.dpkg-old': '@daily root /opt/open.sh',
      '/etc/cron.d/.placeholder': '@daily root /opt/open.sh',
      '/var/spool/cron/crontabs/root': '0 0 * * * /opt/open.sh root',
      '/var/spool/cron/crontabs/alice': '0 0 * * * /opt/open.sh',
      '/var/spool/cron/admin': '@hourly /opt/open.sh',
    });
    expect(told(report).filter((line) => line.startsWith('CRON'))).toEqual([
      'CRON-001 /etc/cron.d/a:1 admin /opt/open.sh',
      'CRON-001 /var/spool/cron/admin:1 admin /opt/open.sh',
      'CRON-001 /var/spool/cron/crontabs/root:1 root /opt/open.sh',
    ]);
  });

  it('count when somebody can replace them, which the sticky bit keeps others from', async () => {
    const directory = (mode: number) => ({ text: null, kind: 'directory', mode }) as const;
    const files = {
      '/etc/crontab': ['@daily root /srv/jobs/a.sh', '@daily root /tmp/b.sh'],
      '/srv/jobs/a.sh': '',
      '/srv': directory(0o777),
      '/tmp/b.sh': '',
      '/tmp': directory(0o1777),
    };
    const report = await auditTree(files);
    expect(told(report)).toEqual(['CRON-001 /etc/crontab:1 root /srv/jobs/a.sh']);
    expect(report.findings[0]?.description).toContain('replace what is in /srv.');
  });

  it('are found among those of a period, too', async () => {
    const report = await auditTree({ '/etc/cron.weekly/tidy': { text: '', mode: 0o757 } });
    expect(told(report)).toContain('CRON-001 /etc/cron.weekly/tidy root /etc/cron.weekly/tidy');
  });

  it('are told without the rest of the line', async () => {
    const password = randomToken(14, 1);
    const line = `@daily root PGPASSWORD=${password} /opt/open.sh -p${password} ${password}`;
    const report = await auditTree({ ...OPEN, '/etc/crontab': [`MAILTO=${password}`, line] });
    expect(report.findings).toHaveLength(1);
    expect(JSON.stringify(report)).not.toContain(password);
  });
});

it('programs of a command are those that it runs', () => {
  expect(programsOf('/bin/a /etc/x | nice -n 5 /bin/b; FOO=/bin/c /bin/d && python3 -u /e.py'))
    // `/etc/x` is an argument, `/bin/c` a value.
    .toEqual(['/bin/a', '/bin/b', '/bin/d', '/e.py']);
  expect(programsOf('if [ -x /a ]; then /b; fi')).toEqual(['/b']);
});
