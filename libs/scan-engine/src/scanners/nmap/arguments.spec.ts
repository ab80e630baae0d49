import { readNmapArguments } from './arguments';

const words = (line: string): string[] => line.split(' ');

describe('readNmapArguments', () => {
  it.each([
    '-T4',
    '-Pn -sT -F',
    '-p 22,80,8000-8080',
    '-p- --max-rate 500',
    '-p22',
    '-p T:80,U:53 -sU -sS',
    '-p -100',
    '--top-ports 200 --min-rate=50',
    '--version-intensity 9 --exclude-ports 25',
    '--max-retries 0 --scan-delay 500ms',
  ])('takes %s', (line) => {
    expect(readNmapArguments(words(line))).toMatchObject({ words: words(line) });
  });

  it('tells which need root', () => {
    expect(readNmapArguments(['-sS'])).toMatchObject({ needsPrivileges: true });
    expect(readNmapArguments(['-sT'])).toMatchObject({ needsPrivileges: false });
    expect(readNmapArguments([])).toEqual({ words: [], needsPrivileges: false });
  });

  it.each([
    '--script http-title',
    '--script=default',
    '-sC',
    '-A',
    '-oN /etc/passwd',
    '-oX -',
    '-oA x',
    '-iL /etc/passwd',
    '-iR 100',
    '--datadir /tmp',
    '--resume /tmp/x',
    '--stylesheet /etc/passwd',
    '-e eth0',
    '-S 192.0.2.1',
    '-D 192.0.2.1',
    '--proxies http://192.0.2.1',
    '--host-timeout 1s',
    '-6',
    '-T6',
    '-T 4',
    '192.0.2.1',
    'shop.example',
    '--',
    '-p',
    '-p http*',
    '-p 70000',
    '-p 90-80',
    '-p 22;ls',
    '--top-ports',
    '--top-ports many',
    '--max-rate -5',
    '-p 80 192.0.2.1',
    '',
  ])('refuses %j', (line) => {
    const read = readNmapArguments(words(line));
    expect('refused' in read ? read.refused : '').toMatch(
      /^The arguments for nmap cannot be used: ./,
    );
  });

  it('refuses words without end', () => {
    expect(readNmapArguments(Array<string>(65).fill('-F'))).toHaveProperty('refused');
    expect(readNmapArguments(['-p', '1,'.repeat(1_000)])).toHaveProperty('refused');
  });
});
