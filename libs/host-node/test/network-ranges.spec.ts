import { openNetworkGate } from '../src/network-gate';

const gate = openNetworkGate((host) => Promise.reject(new Error(`nobody resolves ${host}`)));

describe('the network gate, asked for a range', () => {
  it.each([
    ['10.1.2.0/24', ['10.0.0.0/8']],
    ['10.1.2.0/24', ['192.0.2.0/24', '10.1.2.0/24']],
    ['10.1.2.8/32', ['10.1.2.8']],
    ['2001:db8::/120', ['2001:db8::/64']],
  ])('admits %s within %j, as it is', async (range, allowed) => {
    expect(await gate.admit(range, allowed)).toEqual({ addresses: [range] });
  });

  it.each([
    ['10.0.0.0/8', ['10.1.2.0/24']],
    ['10.1.2.0/24', ['10.1.2.0/25', '10.1.2.128/25']],
    ['10.1.2.0/24', ['10.1.2.1']],
    ['10.1.3.0/24', ['10.1.2.0/24']],
    ['10.1.2.0/24', ['::/0']],
    ['::/120', ['0.0.0.0/0']],
    ['10.1.2.0/24', []],
    ['10.1.2.0/33', ['0.0.0.0/0']],
    ['shop.example/24', ['shop.example']],
  ])('refuses %s within %j', async (range, allowed) => {
    expect(await gate.admit(range, allowed)).toEqual({ refused: expect.stringContaining(range) });
  });
});
