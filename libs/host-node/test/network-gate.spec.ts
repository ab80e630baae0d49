import fc from 'fast-check';
import { openNetworkGate, type Resolve } from '../src/network-gate';

const ZONE: Readonly<Record<string, readonly string[]>> = {
  'shop.test': ['10.0.0.5'],
  'both.test': ['10.0.0.5', '2001:db8::5'],
  'mixed.test': ['10.0.0.5', '169.254.169.254'],
  'meta.test': ['169.254.169.254'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'linked.test': ['fe80::1%eth0'],
  'xn--bcher-kva.test': ['10.0.0.6'],
  // As the system's resolver reads the spellings of old.
  '2130706433': ['127.0.0.1'],
  '0x7f.1': ['127.0.0.1'],
  '0177.0.0.1': ['127.0.0.1'],
};

const resolve: Resolve = (host) => Promise.resolve(ZONE[host] ?? []);
const gate = openNetworkGate(resolve);

async function isAdmitted(host: string, allowed: readonly string[]): Promise<boolean> {
  return 'addresses' in (await gate.admit(host, allowed));
}

describe('the network gate', () => {
  it.each<[string, readonly string[]]>([
    ['shop.test', ['shop.test']],
    ['SHOP.test.', ['shop.TEST']],
    ['shop.test', ['Shop.test.']],
    ['shop.test', ['10.0.0.0/24']],
    ['shop.test', ['10.0.0.5']],
    ['both.test', ['10.0.0.0/8', '2001:db8::/32']],
    ['meta.test', ['meta.test']],
    ['xn--bcher-kva.test', ['bücher.test']],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5', ['192.168.0.0/16', '10.0.0.0/8']],
    ['::1', ['::1']],
    ['0:0:0:0:0:0:0:1', ['::1']],
    ['::1', ['[::1]']],
    ['::ffff:10.0.0.5', ['10.0.0.0/24']],
    ['::ffff:a00:5', ['10.0.0.5']],
    ['mapped.test', ['127.0.0.0/8']],
  ])('admits %s where %j are listed', async (host, allowed) => {
    expect(await isAdmitted(host, allowed)).toBe(true);
  });

  it.each<[string, readonly string[]]>([
    ['shop.test', []],
    ['shop.test', ['']],
    ['shop.test', ['other.test', 'test', 'hop.test', '*.test']],
    ['xshop.test', ['shop.test']],
    ['sub.shop.test', ['shop.test']],
    ['shop.test', ['10.0.1.0/24', '10.0.0.6']],
    ['mixed.test', ['10.0.0.0/24']],
    ['both.test', ['10.0.0.0/24']],
    ['meta.test', ['10.0.0.0/8']],
    ['127.0.0.2', ['127.0.0.1']],
    ['127.0.0.2', ['127.0.0.1/32']],
    ['::ffff:127.0.0.2', ['127.0.0.1']],
    ['mapped.test', ['10.0.0.0/8', '::/0']],
    ['::1', ['127.0.0.0/8']],
    ['0.0.0.0', ['127.0.0.0/8']],
    ['64:ff9b::7f00:1', ['127.0.0.0/8']],
    ['2130706433', ['10.0.0.0/8', '2130706433.test']],
    ['0x7f.1', ['10.0.0.0/8']],
    ['0177.0.0.1', ['177.0.0.1', '10.0.0.0/8']],
    ['linked.test', ['10.0.0.0/8']],
    ['unknown.test', ['unknown.test', '0.0.0.0/0', '::/0']],
    ['', ['', '0.0.0.0/0']],
    ['8.8.8.8', ['010.0.0.0/8', '8.2056']],
    [
      '10.0.0.5',
      ['10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/1e1', '10.0.0.0/-1', '10.0.0.0/', '10.0.0', '10.5'],
    ],
  ])('refuses %s where %j are listed', async (host, allowed) => {
    expect(await isAdmitted(host, allowed)).toBe(false);
  });

  it('judges old spellings of an address by what the resolver makes of them', async () => {
    for (const host of ['2130706433', '0x7f.1', '0177.0.0.1']) {
      expect(await gate.admit(host, ['127.0.0.0/8'])).toEqual({ addresses: ['127.0.0.1'] });
    }
  });

  it('gives the addresses that it judged, from one look-up', async () => {
    const answers = [['10.0.0.5'], ['127.0.0.1']];
    let asked = 0;
    const rebinding = openNetworkGate(() => {
      asked += 1;
      return Promise.resolve(answers.shift() ?? []);
    });
    expect(await rebinding.admit('shop.test', ['10.0.0.0/8'])).toEqual({ addresses: ['10.0.0.5'] });
    expect(asked).toBe(1);
    expect(await rebinding.admit('shop.test', ['10.0.0.0/8'])).toEqual({
      refused: 'shop.test is not among the network targets that are allowed',
    });
  });

  it('asks nobody about an address', async () => {
    const asking = openNetworkGate(() => Promise.reject(new Error('asked')));
    expect(await asking.admit('10.0.0.5', ['10.0.0.5'])).toEqual({ addresses: ['10.0.0.5'] });
  });

  it('says so where a name leads nowhere, whatever the resolver throws', async () => {
    const failing = openNetworkGate(() => Promise.reject(new Error('ENOTFOUND')));
    expect(await failing.admit('shop.test', ['shop.test'])).toEqual({
      refused: 'shop.test could not be resolved',
    });
  });

  it('asks the system, which knows localhost', async () => {
    const admission = await openNetworkGate().admit('localhost', ['127.0.0.0/8', '::1']);
    expect(admission).toEqual({ addresses: expect.arrayContaining([expect.any(String)]) });
  });

  it('answers whatever it is asked, and admits nothing while nothing is listed', async () => {
    const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.domain());
    await fc.assert(
      fc.asyncProperty(text, fc.array(text), async (host, allowed) => {
        const resolving = openNetworkGate(() => Promise.resolve(allowed));
        expect(Object.keys(await resolving.admit(host, allowed))).toHaveLength(1);
        expect(await resolving.admit(host, [])).toHaveProperty('refused');
      }),
    );
  });
});
