import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { readTargetHost } from './target-host';

const kindOf = (text: string): string => readTargetHost(text).kind;

describe('readTargetHost', () => {
  it.each([
    ['192.0.2.7', { kind: 'address', host: '192.0.2.7', family: 4 }],
    [' 192.0.2.7\n', { kind: 'address', host: '192.0.2.7', family: 4 }],
    ['192.0.2.7/32', { kind: 'address', host: '192.0.2.7', family: 4 }],
    ['2001:DB8:0:0::5', { kind: 'address', host: '2001:db8::5', family: 6 }],
    ['::1', { kind: 'address', host: '::1', family: 6 }],
    ['::ffff:192.0.2.7', { kind: 'address', host: '192.0.2.7', family: 4 }],
    ['192.0.2.7/29', { kind: 'range', host: '192.0.2.0/29', family: 4 }],
    ['10.1.2.3/24', { kind: 'range', host: '10.1.2.0/24', family: 4 }],
    ['2001:db8::5/120', { kind: 'range', host: '2001:db8::/120', family: 6 }],
    ['::ffff:192.0.2.7/125', { kind: 'range', host: '192.0.2.0/29', family: 4 }],
    ['Shop.Example.', { kind: 'name', host: 'shop.example' }],
    ['localhost', { kind: 'name', host: 'localhost' }],
    ['3com.example', { kind: 'name', host: '3com.example' }],
    ['xn--bcher-kva.example', { kind: 'name', host: 'xn--bcher-kva.example' }],
  ])('reads %j', (text, host) => {
    expect(readTargetHost(text)).toEqual(host);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['256.1.1.1', 'four numbers'],
    ['192.0.2', 'four numbers'],
    ['3232235777', 'four numbers'],
    ['0x7f.1', 'four numbers'],
    ['010.0.0.1', 'four numbers'],
    ['192.0.2.0/23', 'too large'],
    ['0.0.0.0/0', 'too large'],
    ['2001:db8::/119', 'too large'],
    ['::ffff:192.0.2.0/96', 'too large'],
    ['192.0.2.0/33', '0 to 32'],
    ['192.0.2.0/', '0 to 32'],
    ['192.0.2.0/024', '0 to 32'],
    ['2001:db8::/129', '0 to 128'],
    ['shop.example/24', 'begin with an IP address'],
    ['http://shop.example', 'begin with an IP address'],
    ['192.0.2.0/24/24', '0 to 32'],
    ['shop.example:80', 'no port'],
    ['[::1]', 'without brackets'],
    ['fe80::1%eth0', 'without brackets and zone'],
    ['-oN', 'host name'],
    ['shop..example', 'host name'],
    ['-shop.example', 'host name'],
    ['shop-.example', 'host name'],
    ['shop example', 'host name'],
    ['192.0.2.1,2', 'host name'],
    ['192.0.2.1-9', 'a range as'],
    ['bücher.example', 'host name'],
    [`${'a'.repeat(64)}.example`, 'host name'],
    [`${'a.'.repeat(127)}example`, 'longer than 253'],
  ])('refuses %j', (text, reason) => {
    const host = readTargetHost(text);
    expect(host).toMatchObject({ kind: 'invalid' });
    expect('message' in host ? host.message : '').toContain(reason);
  });

  it('gives any text a kind, and nothing that a command line could take for an option', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const host = readTargetHost(text);
        if (host.kind !== 'invalid') expect(host.host).toMatch(/^[a-z0-9:][a-z0-9:.-]*(?:\/\d+)?$/);
      }),
    );
  });

  it('reads its own answer as the same again', () => {
    for (const text of ['10.1.2.3/24', '2001:DB8::5/121', '::ffff:10.0.0.1', 'A.example.']) {
      const host = readTargetHost(text);
      expect('host' in host ? readTargetHost(host.host) : null).toEqual(host);
    }
    expect(kindOf('10.1.2.3/24')).toBe('range');
  });
});
