import { anyText, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { findSecrets } from './find-secrets';
import { SECRET_PATTERNS } from './secret-patterns';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const hex = (length: number) => randomToken(length, 7, HEX);
const text = (length: number) => randomToken(length, 11);
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;

/** The first line of a key; put together here so that no scanner takes this file for one. */
const armour = (before: string, after = '') => `-----BEGIN ${before}PRIVATE KEY${after}-----`;

/** Kind, the line around the secret, and the secret. `@` marks its place. */
const SAMPLES: readonly (readonly [kind: string, line: string, value: string])[] = [
  ['private-key', '@', armour('')],
  ['private-key', 'key: @', armour('OPENSSH ')],
  ['private-key', '"@\\n"', armour('ENCRYPTED ')],
  ['private-key', '@', armour('PGP ', ' BLOCK')],
  ['age-secret-key', '@', `AGE-SECRET-KEY-1${randomToken(58, 3, UPPER)}`],
  ['aws-access-key', 'id = "@"', `AKIA${randomToken(16, 5, UPPER)}`],
  ['aws-access-key', 'id = "@"', `ASIA${randomToken(16, 5, UPPER)}`],
  ['aws-secret-key', 'aws_secret_access_key = @', text(40)],
  ['aws-secret-key', '"AWS_SECRET_ACCESS_KEY": "@"', text(40)],
  ['github-token', 'x(@)', `ghp_${text(36)}`],
  ['github-token', 'x(@)', `gho_${text(36)}`],
  ['github-token', '"a\\n@"', `github_pat_${text(82)}`],
  ['gitlab-token', 'GL=@', `glpat-${text(20)}`],
  ['slack-token', '@', `xoxb-${randomToken(12, 1, DIGITS)}-${text(24)}`],
  ['slack-token', '@', `xapp-1-${text(30)}`],
  [
    'slack-webhook',
    '"@"',
    `https://hooks.slack.com/services/T${text(10)}/B${text(10)}/${text(24)}`,
  ],
  ['stripe-key', '@', `sk_live_${text(24)}`],
  ['stripe-key', '@', `whsec_${text(32)}`],
  ['npm-token', '//r/:_authToken=@', `npm_${text(36)}`],
  ['pypi-token', '@', `pypi-AgE${text(80)}`],
  ['rubygems-token', '@', `rubygems_${hex(48)}`],
  ['docker-token', '@', `dckr_pat_${text(27)}`],
  ['anthropic-api-key', '@', `sk-ant-api03-${text(90)}`],
  ['openai-api-key', '@', `sk-proj-${text(80)}`],
  ['openai-api-key', '@', `sk-${text(48)}`],
  ['huggingface-token', '@', `hf_${randomToken(34, 2, LETTERS)}`],
  ['google-api-key', '"@"', `AIza${text(35)}`],
  ['google-oauth-secret', '"@"', `GOCSPX-${text(28)}`],
  ['azure-storage-key', 'AccountName=a;AccountKey=@;', `${text(86)}==`],
  ['digitalocean-token', '@', `dop_v1_${hex(64)}`],
  ['shopify-token', '@', `shpat_${hex(32)}`],
  ['sendgrid-api-key', '@', `SG.${text(22)}.${text(43)}`],
  ['vault-token', '@', `hvs.${text(24)}`],
  ['databricks-token', '@', `dapi${hex(32)}`],
  ['grafana-token', '@', `glsa_${text(32)}_${hex(8)}`],
  ['atlassian-token', '@', `ATATT3${text(180)}`],
  [
    'discord-webhook',
    '@',
    `https://discord.com/api/webhooks/${randomToken(18, 4, DIGITS)}/${text(68)}`,
  ],
  ['telegram-bot-token', '@', `${randomToken(9, 9, '123456789')}:AA${text(33)}`],
  ['heroku-api-key', 'HEROKU_API_KEY=@', uuid],
  ['heroku-api-key', 'heroku_key: "@"', uuid.toUpperCase()],
  ['jwt-token', 'Bearer @', `eyJ${text(30)}.${text(60)}.${text(43)}`],
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

  it('has a sample for every pattern', () => {
    const sampled = new Set(SAMPLES.map(([kind]) => kind));
    expect(SECRET_PATTERNS.map(({ id }) => id).filter((id) => !sampled.has(id))).toEqual([]);
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
    '',
  ])('finds nothing in %j', (line) => {
    expect(findSecrets(line)).toEqual([]);
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
