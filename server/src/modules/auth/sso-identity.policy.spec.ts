import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { addressRanges } from '../../config/address-ranges';
import { clientAddressOf, readSsoIdentity, scopesOfGroups } from './sso-identity.policy';

const PROXY = '10.1.2.3';
const SECRET = 'between the proxy and us';

function rangesOf(text: string) {
  const parsed = addressRanges(text);
  return 'value' in parsed ? parsed.value : null;
}

const RULES = {
  trustedProxies: rangesOf(`${PROXY}, fd00::/64`),
  headers: 'x-forwarded',
  proxySecret: null,
} as const;
const GUARDED = { ...RULES, proxySecret: SECRET };
const ADA = ['X-Forwarded-User', 'ada', 'X-Forwarded-Email', 'ada@example.com'];

function read(
  rawHeaders: readonly string[],
  peer = PROXY,
  rules: typeof RULES | typeof GUARDED = RULES,
) {
  return readSsoIdentity({ peer, rawHeaders }, rules);
}

describe('an identity', () => {
  it('is what the three headers say', () => {
    const rawHeaders = [...ADA, 'X-Forwarded-Groups', 'appsec, dev ,,ops'];
    expect(read(rawHeaders)).toEqual({
      kind: 'identity',
      identity: { user: 'ada', email: 'ada@example.com', groups: ['appsec', 'dev', 'ops'] },
    });
  });

  it('may be a user alone, in any case of the header and any script of the name', () => {
    const name = Buffer.from('Ængus Ó Dálaigh', 'utf8').toString('latin1');
    expect(read(['x-forwarded-USER', name])).toEqual({
      kind: 'identity',
      identity: { user: 'Ængus Ó Dálaigh', email: null, groups: [] },
    });
  });

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203', 'fd00::7', 'fd00::7%eth0'])(
    'comes from %s',
    (peer) => {
      expect(read(ADA, peer).kind).toBe('identity');
    },
  );

  it.each(['10.1.2.4', '::ffff:10.1.2.4', 'fd00:0:0:1::7', '127.0.0.1', '::1', '', 'localhost'])(
    'does not come from %j',
    (peer) => {
      expect(read(ADA, peer)).toEqual({ kind: 'none' });
    },
  );

  it('comes from nowhere where no proxy is trusted', () => {
    const rules = { ...RULES, trustedProxies: null };
    expect(readSsoIdentity({ peer: PROXY, rawHeaders: ADA }, rules)).toEqual({ kind: 'none' });
  });

  it('is read from the configured family alone', () => {
    expect(read(['X-Auth-Request-User', 'eve'])).toEqual({ kind: 'none' });
    const both = read([...ADA, 'X-Auth-Request-User', 'eve']);
    expect(both).toMatchObject({ identity: { user: 'ada' } });
    const rules = { ...RULES, headers: 'x-auth-request' } as const;
    const other = readSsoIdentity(
      { peer: PROXY, rawHeaders: [...ADA, 'X-Auth-Request-User', 'eve'] },
      rules,
    );
    expect(other).toMatchObject({ identity: { user: 'eve', email: null } });
  });
});

describe('a forged identity is refused', () => {
  it.each([
    ['a second user', [...ADA, 'X-Forwarded-User', 'eve']],
    ['a second user of the same name', [...ADA, 'X-Forwarded-User', 'ada']],
    ['a second user in other letters', [...ADA, 'x-FORWARDED-user', 'eve']],
    ['a user in underscores beside the real one', [...ADA, 'X_Forwarded_User', 'eve']],
    ['a user in underscores alone', ['X_Forwarded_User', 'eve']],
    ['a user in one underscore', ['X-Forwarded_User', 'eve']],
    ['groups in underscores', [...ADA, 'X_Forwarded_Groups', 'admins']],
    ['groups twice', [...ADA, 'X-Forwarded-Groups', 'dev', 'X-Forwarded-Groups', 'admins']],
    ['an email twice', [...ADA, 'X-Forwarded-Email', 'eve@example.com']],
    ['an empty user', ['X-Forwarded-User', '']],
    ['a user of white space', ['X-Forwarded-User', ' \t ']],
    ['an empty email', ['X-Forwarded-User', 'ada', 'X-Forwarded-Email', '']],
    ['empty groups', [...ADA, 'X-Forwarded-Groups', '']],
    ['joined users', ['X-Forwarded-User', 'ada, eve']],
    ['joined emails', ['X-Forwarded-User', 'ada', 'X-Forwarded-Email', 'a@b.example,c@d.example']],
    ['an email without a user', ['X-Forwarded-Email', 'ada@example.com']],
    ['groups without a user', ['X-Forwarded-Groups', 'admins']],
    ['control characters', ['X-Forwarded-User', 'ada\u0000']],
    ['bytes that are no text', ['X-Forwarded-User', 'ad\u00ff']],
    ['an endless name', ['X-Forwarded-User', 'a'.repeat(257)]],
    ['endless groups', [...ADA, 'X-Forwarded-Groups', 'g,'.repeat(1001)]],
  ])('with %s', (_case, rawHeaders) => {
    expect(read(rawHeaders).kind).toBe('refused');
  });

  it.each([
    ['without the secret', []],
    ['with a wrong one', ['X-SecureScan-Proxy-Secret', 'guessed']],
    ['with the beginning of it', ['X-SecureScan-Proxy-Secret', SECRET.slice(0, -1)]],
    ['with two', ['X-SecureScan-Proxy-Secret', SECRET, 'X-SecureScan-Proxy-Secret', SECRET]],
    ['with it in underscores', ['X_SecureScan_Proxy_Secret', SECRET]],
    ['with an empty one', ['X-SecureScan-Proxy-Secret', '']],
  ])('%s', (_case, secret) => {
    expect(read([...ADA, ...secret], PROXY, GUARDED).kind).toBe('refused');
    const right = [...ADA, 'X-SecureScan-Proxy-Secret', SECRET];
    expect(read(right, PROXY, GUARDED).kind).toBe('identity');
  });
});

it('never names a user that the one header of a trusted proxy does not name', () => {
  const name = fc.constantFrom(
    'X-Forwarded-User',
    'x-forwarded-user',
    'X_Forwarded-User',
    'X-Forwarded-Email',
    'X-Forwarded-Groups',
    'X-Auth-Request-User',
    'Connection',
  );
  const header = fc.tuple(name, fc.oneof(fc.constant('ada'), fc.constant('eve'), anyText()));
  fc.assert(
    fc.property(fc.array(header, { maxLength: 5 }), fc.boolean(), (headers, isTrusted) => {
      const rawHeaders = headers.flat();
      const reading = read(rawHeaders, isTrusted ? PROXY : '192.0.2.1');
      if (reading.kind !== 'identity') return true;
      const users = headers.filter(
        ([sent]) => sent.toLowerCase().replaceAll('_', '-') === 'x-forwarded-user',
      );
      return isTrusted && users.length === 1 && !(users[0]?.[0] ?? '_').includes('_');
    }),
  );
});

describe('scopes', () => {
  const table = new Map([
    ['appsec', ['read', 'write', 'admin']],
    ['dev', ['write']],
    ['nobody', []],
    ['*', ['read']],
  ] as const);

  it.each([
    [['appsec'], ['read', 'write', 'admin']],
    [['dev'], ['write']],
    [
      ['dev', 'appsec'],
      ['read', 'write', 'admin'],
    ],
    [['elsewhere'], ['read']],
    [[], ['read']],
    [['nobody'], []],
    [['*'], ['read']],
  ])('of %j are %j', (groups, scopes) => {
    expect(scopesOfGroups(groups, table)).toEqual(scopes);
  });

  it('are none where no group is named and there is no default', () => {
    expect(scopesOfGroups(['dev'], new Map([['appsec', ['read']]]))).toEqual([]);
  });
});

describe('the address of a client', () => {
  const from = (peer: string, ...values: string[]) =>
    clientAddressOf(
      { peer, rawHeaders: values.flatMap((value) => ['X-Forwarded-For', value]) },
      RULES,
    );

  it.each([
    ['what the trusted proxy saw', from(PROXY, '203.0.113.9, 198.51.100.7'), '198.51.100.7'],
    ['the last of several headers', from(PROXY, '203.0.113.9', '198.51.100.7'), '198.51.100.7'],
    ['the socket of anybody else', from('192.0.2.1', '203.0.113.9'), '192.0.2.1'],
    ['the proxy where it says nothing', from(PROXY), PROXY],
    ['the proxy where it says nonsense', from(PROXY, '203.0.113.9, unknown'), PROXY],
    ['of the new kind too', from(PROXY, '2001:db8::1'), '2001:db8::1'],
    ['undressed', from('::ffff:192.0.2.1'), '192.0.2.1'],
  ])('is %s', (_case, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
