import { auditHost, auditTree, printed, told } from './baseline.contract';

const CONFIG = '/etc/ssh/sshd_config';

async function ssh(...lines: string[]): Promise<string[]> {
  return told(await auditTree({ [CONFIG]: ['PasswordAuthentication no', ...lines] }));
}

describe('sshd by its files', () => {
  it.each([
    ['PermitRootLogin yes', 'SSH-001', 'permitrootlogin'],
    ['permitrootlogin=YES', 'SSH-001', 'permitrootlogin'],
    ['\tPERMITROOTLOGIN = "yes"', 'SSH-001', 'permitrootlogin'],
    ['PermitRootLogin yes # for now', 'SSH-001', 'permitrootlogin'],
    ['Protocol 1', 'SSH-003', 'protocol'],
    ['Protocol 2,1', 'SSH-003', 'protocol'],
    ['PermitEmptyPasswords yes', 'SSH-004', 'permitemptypasswords'],
    ['Ciphers aes128-ctr,3des-cbc', 'SSH-005', 'ciphers'],
    ['MACs +hmac-md5', 'SSH-005', 'macs'],
    ['KexAlgorithms ^diffie-hellman-group1-sha1', 'SSH-005', 'kexalgorithms'],
    ['HostKeyAlgorithms ssh-ed25519,ssh-dss', 'SSH-005', 'hostkeyalgorithms'],
    ['PubkeyAcceptedKeyTypes +ssh-rsa', 'SSH-005', 'pubkeyacceptedalgorithms'],
  ])('reports %j', async (line, rule, subject) => {
    expect(await ssh(line)).toEqual([`${rule} ${CONFIG}:2 ${subject}`]);
  });

  it.each([
    '',
    '# PermitRootLogin yes',
    'PermitRootLogin',
    'PermitRootLogin no\nPermitRootLogin yes',
    'PermitRootLogin without-password',
    'Protocol 2',
    'PermitEmptyPasswords no',
    'Ciphers -3des-cbc,aes128-cbc',
    'HostKeyAlgorithms rsa-sha2-512,ssh-ed25519',
    'KexAlgorithms diffie-hellman-group14-sha256,diffie-hellman-group-exchange-sha256',
    'Match User bob\nX11Forwarding no',
  ])('is silent about %j', async (lines) => {
    expect(await ssh(...lines.split('\n'))).toEqual([]);
  });

  it('knows that sshd takes passwords unless it is told not to', async () => {
    const found = `SSH-002 ${CONFIG} passwordauthentication`;
    expect(told(await auditTree({ [CONFIG]: 'Port 22\n' }))).toEqual([found]);
    const methods = ['AuthenticationMethods publickey publickey,hostbased'];
    expect(told(await auditTree({ [CONFIG]: methods }))).toEqual([]);
    const both = ['AuthenticationMethods publickey,password'];
    expect(told(await auditTree({ [CONFIG]: both }))).toEqual([found]);
  });

  it('tells a Match with its condition where only that breaks the rule', async () => {
    const report = await auditTree({
      [CONFIG]: [
        'PasswordAuthentication no',
        'Match Address 10.0.0.0/8',
        'PasswordAuthentication yes',
        'PasswordAuthentication no',
        'Match User bob',
        'PasswordAuthentication no',
        'PermitRootLogin yes',
      ],
    });
    expect(told(report)).toEqual([
      `SSH-001 ${CONFIG}:7 permitrootlogin for User bob`,
      `SSH-002 ${CONFIG}:3 passwordauthentication for Address 10.0.0.0/8`,
    ]);
    expect(report.findings[0]).toMatchObject({
      title: 'root may log in over SSH with a password (Match User bob)',
      metadata: { match: 'User bob' },
    });
  });

  it('takes Match all for everybody, and before what stands outside', async () => {
    expect(await ssh('Match User bob', 'Match all', 'PasswordAuthentication yes')).toEqual([
      `SSH-002 ${CONFIG}:4 passwordauthentication`,
    ]);
  });

  describe('that includes others', () => {
    it('takes them in where they stand, in order of their names', async () => {
      const report = await auditTree({
        [CONFIG]: ['Include sshd_config.d/*.conf /etc/ssh/extra', 'PasswordAuthentication no'],
        '/etc/ssh/sshd_config.d/b.conf': 'PasswordAuthentication yes',
        '/etc/ssh/sshd_config.d/a.conf': 'PasswordAuthentication yes',
        '/etc/ssh/sshd_config.d/.hidden.conf': 'PermitRootLogin yes',
        '/etc/ssh/sshd_config.d/a.txt': 'PermitRootLogin yes',
        '/etc/ssh/extra': '\nPermitEmptyPasswords yes',
      });
      expect(told(report)).toEqual([
        'SSH-002 /etc/ssh/sshd_config.d/a.conf:1 passwordauthentication',
        'SSH-004 /etc/ssh/extra:2 permitemptypasswords',
      ]);
    });

    it('ends a Match at the end of its file, and holds one that stands around', async () => {
      const report = await auditTree({
        [CONFIG]: [
          'PasswordAuthentication no',
          'Include a',
          'PermitRootLogin yes',
          'Match User bob',
          'Include b',
        ],
        '/etc/ssh/a': ['Match User eve', 'X11Forwarding no'],
        '/etc/ssh/b': ['PermitEmptyPasswords yes', 'Match Address 10.0.0.1', 'Protocol 1'],
      });
      expect(told(report)).toEqual([
        `SSH-001 ${CONFIG}:3 permitrootlogin`,
        'SSH-003 /etc/ssh/b:3 protocol for User bob and Address 10.0.0.1',
        'SSH-004 /etc/ssh/b:1 permitemptypasswords for User bob',
      ]);
    });
  });
});

describe('sshd of this machine', () => {
  const answer = printed('sshd-9.2');

  async function hostSsh(
    files: Parameters<typeof auditHost>[0],
    programs: Parameters<typeof auditHost>[1],
  ): Promise<string[]> {
    return told(await auditHost(files, programs)).filter((line) => line.startsWith('SSH'));
  }

  it('is asked itself', async () => {
    expect(await hostSsh({}, { 'sshd -T': answer })).toEqual([
      `SSH-002 ${CONFIG} passwordauthentication`,
    ]);
    const strict = answer.replace('passwordauthentication yes', 'passwordauthentication no');
    expect(await hostSsh({ [CONFIG]: '' }, { 'sshd -T': strict })).toEqual([]);
    const open = strict.replace('permitrootlogin without-password', 'permitrootlogin yes');
    expect(await hostSsh({}, { 'sshd -T': open })).toEqual([`SSH-001 ${CONFIG} permitrootlogin`]);
  });

  it('gets the line from the files where they say the same, and Match from them alone', async () => {
    const files = {
      [CONFIG]: ['PasswordAuthentication yes', 'Match User bob', 'PermitRootLogin yes'],
    };
    expect(await hostSsh(files, { 'sshd -T': answer })).toEqual([
      `SSH-001 ${CONFIG}:3 permitrootlogin for User bob`,
      `SSH-002 ${CONFIG}:1 passwordauthentication`,
    ]);
  });

  it('is judged by its files where it does not answer, which is said', async () => {
    const files = { [CONFIG]: ['PermitRootLogin yes', 'PasswordAuthentication no'] };
    for (const refusal of [['sshd: no hostkeys available -- exiting.', 1] as const, '']) {
      const report = await auditHost(files, { 'sshd -T': refusal });
      expect(told(report)).toContain(`SSH-001 ${CONFIG}:1 permitrootlogin`);
      expect(report.notes).toContain(
        'sshd -T gave no answer (it needs root); its files were read instead',
      );
    }
  });
});
