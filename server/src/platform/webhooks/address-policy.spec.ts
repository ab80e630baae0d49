import fc from 'fast-check';
import { readConfig } from '../../config/config-loader';
import { WebhooksConfig } from '../../config/webhooks.config';
import { AddressPolicy } from './address-policy';
import { problemOfUrl } from './webhook-url';

function policyWith(allowed: string): AddressPolicy {
  return new AddressPolicy(
    readConfig(WebhooksConfig, { SECURESCAN_WEBHOOK_ALLOWED_CIDRS: allowed }).allowedRanges,
  );
}

const closed = policyWith('');
const open = policyWith(
  '127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/16,fd00::/16,198.18.0.0/15',
);

/** Of every kind that is not of the world: whether an operator may open it, then examples. */
const FORBIDDEN: [string, boolean, string[]][] = [
  [
    'loopback',
    true,
    ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'],
  ],
  [
    'private',
    true,
    ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::ffff:a00:1', '64:ff9b::a00:1'],
  ],
  ['of carriers', true, ['100.64.0.1', '100.127.255.254']],
  ['unique local', true, ['fc00::1', 'fd00::1']],
  ['for benchmarks', true, ['198.18.0.1']],
  [
    'link-local, with metadata',
    false,
    ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fe80::a9fe:a9fe%1', '::ffff:169.254.169.254'],
  ],
  ['metadata by translation', false, ['64:ff9b::a9fe:a9fe']],
  [
    'metadata elsewhere',
    false,
    [
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
      'fd00:ec2::254',
      'fd20:ce::254',
      'fd00:42::42',
    ],
  ],
  ['nobody', false, ['0.0.0.0', '0.1.2.3', '::', '::ffff:0.0.0.0']],
  ['many', false, ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1', 'ff0e::1']],
  ['reserved', false, ['240.0.0.1', '192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1']],
  [
    'reserved in IPv6',
    false,
    ['2001:db8::1', '100::1', '4000::1', '::7f00:1', 'fec0::1', '5f00::1'],
  ],
  ['tunnels', false, ['2002:7f00:1::', '2002:808:808::', '2001:0:1::1', '64:ff9b:1::808:808']],
  ['no address', false, ['', 'localhost', '127.1', '0x7f.1', '2130706433', '010.0.0.1', '1.2.3']],
];

describe('AddressPolicy', () => {
  it.each(FORBIDDEN)('knows what is %s', (_kind, mayBeOpened, addresses) => {
    for (const address of addresses) {
      expect([address, closed.admits(address)]).toEqual([address, false]);
      expect([address, open.admits(address)]).toEqual([address, mayBeOpened]);
    }
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('lets %s be reached', (address) => {
    expect(closed.admits(address)).toBe(true);
  });
});

describe('problemOfUrl', () => {
  it.each([
    'https://hooks.example/x',
    'http://8.8.8.8:8080/',
    'HTTPS://Hooks.Example',
    'https://[2606:4700::1111]/',
  ])('has nothing to say of %s', (url) => {
    expect(problemOfUrl(url, closed)).toBeNull();
  });

  it.each([
    '',
    'hooks.example',
    '//hooks.example/',
    'http ://hooks.example',
    'http:hooks.example',
    'http:///hooks.example',
    'https:\\\\hooks.example',
    'https://hooks.example\\@127.0.0.1/',
    'https://hooks.example/\tx',
    ' https://hooks.example/',
    'file:///etc/passwd',
    'ftp://hooks.example/',
    'javascript:alert(1)',
    'gopher://hooks.example/',
    'https://',
    'https://a b/',
    'https://[::1',
    'https://hooks.example:99999/',
    `https://hooks.example/${'x'.repeat(2000)}`,
  ])('takes %j for no URL of a receiver', (url) => {
    expect(problemOfUrl(url, open)).toMatch(/^must be a URL/);
  });

  it.each(['https://user@8.8.8.8/', 'https://u:p@hooks.example/', 'https://:p@hooks.example'])(
    'takes no name and password: %s',
    (url) => {
      expect(problemOfUrl(url, open)).toMatch(/^must hold no user name/);
    },
  );

  it('takes no fragment', () => {
    expect(problemOfUrl('https://hooks.example/#x', open)).toMatch(/^must hold no fragment/);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.0x1./',
    'http://１２７.０.０.１/',
    'http://127%2e0%2e0%2e1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[::127.0.0.1]/',
    'http://0/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
  ])('sees the address in %s', (url) => {
    expect(problemOfUrl(url, closed)).toMatch(
      /^leads to [\d.a-f:]+, which webhooks must not reach/,
    );
  });

  it('sees through every spelling of an address of IPv4', () => {
    const spelling = fc.constantFrom(10, 8, 16).map((base) => (part: number) => {
      const prefix = base === 10 ? '' : base === 8 ? '0' : '0x';
      return `${prefix}${part.toString(base)}`;
    });
    const parts = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(
        fc.nat(0xffffff),
        parts,
        fc.array(spelling, { minLength: 4, maxLength: 4 }),
        (low, count, spell) => {
          const number = 0x7f000000 + low;
          const bytes = [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
          const first = bytes.slice(0, count - 1);
          const rest = number % 2 ** (8 * (5 - count));
          const host = [...first, rest].map((part, index) => spell[index]?.(part)).join('.');
          expect(problemOfUrl(`http://${host}/`, closed)).toContain(`leads to ${bytes.join('.')},`);
        },
      ),
    );
  });
});

describe('SECURESCAN_WEBHOOK_ALLOWED_CIDRS', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.0/16',
    'fe80::/16',
    'fd00:ec2::/64',
    '224.0.0.0/8',
    '::ffff:169.254.1.1',
  ])('opens no %s', (range) => {
    expect(() => policyWith(`10.0.0.0/8,${range}`)).toThrow('which webhooks never reach');
  });

  it.each(['0.0.0.0/0', '::/0', 'example.com', '10.0.0.0/33'])('is not %s', (range) => {
    expect(() => policyWith(range)).toThrow('SECURESCAN_WEBHOOK_ALLOWED_CIDRS');
  });
});
