import { anyText, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { findSecrets } from './find-secrets';
import { GENERIC_PATTERNS } from './patterns/generic';
import { PROVIDER_PATTERNS, SECRET_PATTERNS } from './secret-patterns';

const text = (length: number) => randomToken(length, 11);

/** Kind, the line around the secret, and the secret. `@` marks its place. */
const SAMPLES: readonly (readonly [kind: string, line: string, value: string])[] = [
  ['connection-string', '"postgresql://app:@@db:5432/shop"', text(16)],
  ['connection-string', 'mongodb+srv://app:@@c0.mongodb.net', text(16)],
  ['connection-string', 'rediss://:@@cache:6380/0', text(16)],
  ['connection-string', 'postgresql+asyncpg://app:@@db/shop', text(16)],
  ['connection-string', 'amqps://app:@@broker', text(16)],
  ['url-credentials', 'git clone https://bot:@@git.example.org/a.git', text(16)],
  ['generic-api-key', 'const apiKey = "@";', text(32)],
  ['generic-api-key', 'X-API-Key: @', text(32)],
  ['generic-secret', 'password = "@"', 'open-sesame-42'],
  ['generic-secret', '"clientSecret": "@",', 'open-sesame-42'],
  ['generic-secret', "SECRET_KEY: str = '@'", 'open-sesame-42'],
  ['generic-secret', 'passwd := `@`', 'open-sesame-42'],
  ['base64-encoded-secret', 'signing_key = @', `${text(20)}/+${text(40)}==`],
  ['generic-token', 'session_token = "@"', text(24)],
];

describe('findSecrets', () => {
  it.each(SAMPLES)('finds %s in %s', (kind, line, value) => {
    // The mark is `@`, and so is the end of a password in an address: only the first one is the place.
    const place = line.indexOf('@');
    const whole = line.slice(0, place) + value + line.slice(place + 1);
    const [match, ...others] = findSecrets(whole);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ kind, value, start: place, end: place + value.length });
  });

  it('has a sample for every pattern of no provider', () => {
    const sampled = new Set(SAMPLES.map(([kind]) => kind));
    expect([...sampled]).toEqual(GENERIC_PATTERNS.map(({ id }) => id));
  });

  it('knows the formats of many providers, each by a name of its own', () => {
    expect(new Set(PROVIDER_PATTERNS.map(({ id }) => id)).size).toBeGreaterThan(100);
    const ids = SECRET_PATTERNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('finds every secret of a line', () => {
    const [first, second] = [`ghp_${text(36)}`, `npm_${randomToken(36, 77)}`];
    expect(findSecrets(`${first} ${second}`).map(({ value }) => value)).toEqual([first, second]);
  });

  it.each([
    'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'password = "changeme"',
    'password = "your-password-here"',
    'password = "${DB_PASSWORD}"',
    'password = "$DB_PASSWORD"',
    'password: "{{ vault_password }}"',
    'password = "********"',
    'password = "xxxxxxxx"',
    'autocomplete.password = "current-password"',
    'errors.password = "Password must have at least 8 characters"',
    'password_file: "/run/secrets/database"',
    'token = process.env.GITHUB_ACTIONS_TOKEN_VALUE',
    'token = generateAccessTokenForUser2(user, 1)',
    'const accessTokenCookieName1 = "session"',
    'apiKey: config.services.payments.api_key_1',
    'postgres://user:password@localhost/db',
    'postgres://${USER}:${PASSWORD}@localhost/db',
    'redis://localhost:6379/0?owner=a@b',
    'https://example.org:8080/@scope/package',
    'public_key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1234"',
    'api_key = "01234567890123456789abcdef"',
    'const key = "a"; // token',
    'postgres://user:password@host/db',
    'mysql://username:secret@localhost/shop',
    'mongodb://<user>:<password>@cluster0.example.org',
    'amqp://guest:guest@localhost',
    'https://a:b@c.example.org',
    'https://user:pass@example.org',
    'http://abc:xyz@example.org',
    'curl https://ci:${CI_JOB_TOKEN}@git.example.org',
    'secret: "mySecret"',
    'secret = "supersecretpassword"',
    'const IS_STRONG_PASSWORD = "isStrongPassword"',
    'password: "hunter2"',
    'token: "<token>"',
    'seedTokens: util_js_1.seedTokens_of_all',
    'token: i0.ChangeDetectorRef, args',
    `const pubkey256 = '${text(40)}+${text(20)}'`,
    'api_key = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
    'DD_API_KEY=00000000000000000000000000000000',
    '',
  ])('finds nothing in %j', (line) => {
    expect(findSecrets(line)).toEqual([]);
  });

  it.each([
    ['postgres://user:Password1@host/db', 'Password1'],
    ['redis://:word@cache:6379', 'word'],
    ['https://user:passage9@example.org', 'passage9'],
    ['secret: "mySecretary"', 'mySecretary'],
    ['password = "hunter2hunter2"', 'hunter2hunter2'],
    ['password = "secret-4-all"', 'secret-4-all'],
    [`token: ${text(12)}.${text(13)}`, `${text(12)}.${text(13)}`],
  ])('finds the value in %j', (line, value) => {
    expect(findSecrets(line).map((match) => match.value)).toEqual([value]);
  });

  it('judges the value alone, not its neighbours', () => {
    const token = `ghp_${text(36)}`;
    for (const line of [
      `f(...args, "${token}")`,
      `"${token}" // TODO: a sample`,
      `example = $(echo "${token}")`,
    ]) {
      expect(findSecrets(line).map(({ value }) => value)).toEqual([token]);
    }
  });

  it('gives places that hold the value, in order and apart', () => {
    const piece = fc.oneof(
      anyText(),
      fc.constantFrom(...SAMPLES.map(([, line, value]) => line.replace('@', value))),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const line = pieces.join(' ');
        let end = 0;
        for (const match of findSecrets(line)) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(line.slice(match.start, match.end)).toBe(match.value);
          end = match.end;
        }
      }),
    );
  });
});
