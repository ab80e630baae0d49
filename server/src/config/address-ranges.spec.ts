import { addressRanges, isInRanges, readAddress } from './address-ranges';

function trusts(setting: string, address: string): boolean | null {
  const parsed = addressRanges(setting);
  const read = readAddress(address);
  return 'problem' in parsed || read === null ? null : isInRanges(read, parsed.value);
}

it('Grafana CVE-2026-33376: an IPv6 address without a prefix is that one address', () => {
  expect(trusts('2001:db8::1', '2001:db8::1')).toBe(true);
  expect(trusts('2001:db8::1', '2001:db8::2')).toBe(false);
  expect(trusts('2001:db8::1', '2001:db8:1::1')).toBe(false);
  expect(trusts('::ffff:10.1.2.3', '10.1.2.4')).toBe(false);
});

it.each(['*', '', ' ', ',', '0.0.0.0/0', '::/0', '::ffff:0.0.0.0/96', '10.1.2.3,*', 'all'])(
  'Gitea CVE-2026-20896: "%s" does not make everybody the proxy',
  (setting) => {
    expect(addressRanges(setting)).toEqual({ problem: expect.any(String) as string });
  },
);
