import { anyText, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { maskSecretsForIdentity, redactSecrets } from './redact';

const TOKEN = `ghp_${randomToken(36, 5)}`;
const KEY_LINE = randomToken(64, 6);
const KEY = ['PRIVATE', 'KEY'].join(' ');
const LABEL = `RSA ${KEY}`;
const BEGIN = `-----BEGIN ${LABEL}-----`;
const END = `-----END ${LABEL}-----`;

describe('redactSecrets', () => {
  it.each([
    [`use ${TOKEN} now`, 'use [redacted github-token] now'],
    [
      "Possible hardcoded password: 'hunter2'",
      "Possible hardcoded password: '[redacted generic-secret]'",
    ],
    ['POSTGRES_PASSWORD: open5esame', 'POSTGRES_PASSWORD: [redacted generic-secret]'],
    ['export API_AUTH=abcd', 'export API_AUTH=[redacted env-value]'],
    ['mysql --password=hunter2 -h db', 'mysql --password=[redacted command-line-secret] -h db'],
    ['curl -u me:hunter2 host', 'curl -u me:[redacted command-line-secret] host'],
    [
      'Authorization: Basic QWxhZGRpbjpvcGVuc2VzYW1l',
      'Authorization: Basic [redacted basic-credentials]',
    ],
    ['postgres://a:b0b@h/d', 'postgres://a:[redacted connection-string]@h/d'],
  ])('of %j is %j', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    'SQL built from input',
    'password = "${DB_PASSWORD}"',
    'const token = createToken(user);',
    'Set the key `Foo` to true.',
  ])('leaves %j as it is', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('leaves nothing of a secret of which only a part has a format of its own', () => {
    expect(redactSecrets(`password = "before ${TOKEN} after"`)).toBe(
      'password = "[redacted github-token]"',
    );
  });

  it.each([
    ['a whole block', [BEGIN, KEY_LINE, KEY_LINE, 'c2hvcnQ=', END, 'after']],
    ['a block cut off below', ['before', BEGIN, 'Proc-Type: 4,ENCRYPTED', '', KEY_LINE, KEY_LINE]],
    ['a block cut off above', ['c2hvcnQ=', KEY_LINE, 'c2hvcnQ=', END, 'after']],
    ['the middle of a block', [KEY_LINE, KEY_LINE]],
    ['a block within one text', [`"${BEGIN}\\n${KEY_LINE}\\n${END}\\n"`]],
    ['a block within one text of a text', [`"{\\"key\\": \\"${BEGIN}\\\\n${KEY_LINE}\\\\n`]],
    [
      'a block of SSH2',
      [
        `---- BEGIN SSH2 ENCRYPTED ${KEY} ----`,
        'Comment: "a b"',
        KEY_LINE,
        'c2hvcnQ=',
        `---- END SSH2 ENCRYPTED ${KEY} ----`,
        'after',
      ],
    ],
    [
      'a key of PuTTY',
      ['before', 'Private-Lines: 2', KEY_LINE, 'c2hvcnQ=', 'Private-MAC: 0123456789', 'after'],
    ],
    ['a key of PuTTY cut off above', ['c2hvcnQ=', `Private-MAC: ${'0af3'.repeat(10)}`, 'after']],
  ])('hides %s and keeps the lines', (_name, lines) => {
    const redacted = redactSecrets(lines.join('\n'));
    expect(redacted.split('\n')).toHaveLength(lines.length);
    expect(redacted).not.toContain(KEY_LINE);
    expect(redacted).not.toContain('c2hvcnQ=');
    expect(redacted.includes('after')).toBe(lines.includes('after'));
    expect(redacted.includes('before')).toBe(lines.includes('before'));
  });

  it('changes nothing more the second time', () => {
    const piece = fc.oneof(
      anyText(),
      fc.constantFrom(
        TOKEN,
        'password="',
        '"',
        '\n',
        'API_KEY=',
        ' --token ',
        'redis://u:',
        '@',
        ' -u a:',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = redactSecrets(pieces.join(''));
        expect(redactSecrets(once)).toBe(once);
      }),
    );
  });
});

describe('maskSecretsForIdentity', () => {
  it('puts the kind and four hex digits in the place of a secret', () => {
    expect(maskSecretsForIdentity(`use("${TOKEN}")`)).toMatch(
      /^use\("<github-token:[0-9a-f]{4}>"\)$/,
    );
  });

  it('changes nothing more the second time', () => {
    const once = maskSecretsForIdentity(`KEY=${TOKEN} password="x y" redis://u:p4ss@h`);
    expect(maskSecretsForIdentity(once)).toBe(once);
  });
});
