import { hostOfUrl, problemsOfSubjects, type AskedSubjects } from './scan-subjects';

const NOTHING: AskedSubjects = {
  scanTypes: ['code'],
  path: null,
  url: null,
  host: null,
  active: false,
  history: false,
  hostProbes: false,
};

function problems(asked: Partial<AskedSubjects>): string[] {
  return problemsOfSubjects({ ...NOTHING, ...asked }).map(
    ({ field, message }) => `${field} ${message}`,
  );
}

describe('problemsOfSubjects', () => {
  it.each<[string, Partial<AskedSubjects>]>([
    ['a path for code', { path: '/p' }],
    ['a URL for dast', { scanTypes: ['dast'], url: 'https://shop.example/login?x=1' }],
    ['a host for network', { scanTypes: ['network'], host: '10.0.0.0/24' }],
    ['a path for baseline', { scanTypes: ['baseline'], path: '/mnt/image' }],
    ['nothing for this machine', { scanTypes: ['baseline'], hostProbes: true }],
    ['a path beside a URL', { scanTypes: ['dast'], path: '/p', url: 'http://a' }],
    ['an attack on a URL', { scanTypes: ['dast'], url: 'http://a', active: true }],
    ['history of code', { path: '/p', history: true }],
  ])('has nothing against %s', (_name, asked) => {
    expect(problems(asked)).toEqual([]);
  });

  it.each<[Partial<AskedSubjects>, string]>([
    [{}, 'path is needed: name the directory or file to scan'],
    [{ scanTypes: ['baseline'] }, 'path is needed: name the directory or file to scan'],
    [{ scanTypes: ['dast'] }, 'url is needed by type dast: name the address of the application'],
    [{ scanTypes: ['network'] }, 'host is needed by type network: name the host'],
    [{ path: '/p', url: 'http://a' }, 'url is of no use without type dast'],
    [{ path: '/p', host: 'a' }, 'host is of no use without type network'],
    [{ path: '/p', active: true }, 'active is of no use without type dast'],
    [{ path: '/p', hostProbes: true }, 'hostProbes is of no use without type baseline'],
    [{ scanTypes: ['iac'], path: '/p', history: true }, 'history is of no use without type code'],
    [
      { scanTypes: ['dast'], url: 'ftp://a' },
      'url must be a URL that begins with http:// or https://',
    ],
    [
      { scanTypes: ['dast'], url: 'http://' },
      'url must be a URL that begins with http:// or https://',
    ],
    [
      { scanTypes: ['network'], host: '' },
      'host cannot be scanned: the host is empty: give a name, an address or a CIDR range',
    ],
    [{ scanTypes: ['dast'], url: 'http://u:p@a' }, 'url must not hold a user name or password'],
  ])('says of %j: %s', (asked, problem) => {
    expect(problems(asked)).toEqual([problem]);
  });
});

describe('hostOfUrl', () => {
  it.each([
    ['https://Shop.Example:8443/x', 'shop.example'],
    ['http://[::1]:80/', '::1'],
    ['http://2130706433/', '127.0.0.1'],
  ])('of %s is %s', (url, host) => {
    expect(hostOfUrl(url)).toBe(host);
  });
});
