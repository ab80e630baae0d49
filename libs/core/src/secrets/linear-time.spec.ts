import { REDACTION_PATTERNS } from './redaction-patterns';
import { findSecrets } from './find-secrets';
import { redactSecrets } from './redact';
import { SECRET_PATTERNS } from './secret-patterns';

/** Beginnings that patterns follow for long, and never to the end. */
const UNITS = [
  'a',
  ' ',
  '-',
  '"',
  'eyJ',
  'eyJaaaaaaaaaa.',
  'eyJaaaaaaaaaa.eyJaaaaaaaaaa.!',
  'password',
  'password=',
  'password="',
  'password = "aaaaaaaa',
  'token:token=',
  'api_key = ',
  'api_key=aaaaaaaaaaaaaaaaaaaaaaaa(',
  'key=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_',
  'bearer ',
  'redis://',
  'redis://aaaaaaaa:',
  'redis://a:b',
  'https://a:',
  '-----BEGIN ',
  'AAAA BBBB ',
  '_KEY_TOKEN_SECRET_',
  'heroku',
  'ghp_',
  'glpat-a.',
  'xoxb-',
  'SG.',
  '12345678:AA',
  '--password ',
  'basic ',
  ': ',
  '\n',
];

/** Processor time in microseconds: what other programs do meanwhile does not count. */
function cost(text: string): number {
  const started = process.cpuUsage();
  findSecrets(text);
  redactSecrets(text);
  const used = process.cpuUsage(started);
  return used.user + used.system;
}

describe('the patterns', () => {
  it('have only bounded quantifiers', () => {
    for (const { id, expression } of [...SECRET_PATTERNS, ...REDACTION_PATTERNS]) {
      const bare = expression.source.replace(/\\./g, '_').replace(/\[(?:[^\]])*\]/g, '_');
      expect([id, /[*+]|\{\d+,\}/.test(bare)]).toEqual([id, false]);
    }
  });

  // Growth, not time: eight times the text may cost eight times as much and some noise, not sixty-four times.
  it.each(UNITS)('grow in step with a long line of %j', (unit) => {
    const small = unit.repeat(Math.ceil(16_000 / unit.length));
    cost(small);
    const base = Math.max(cost(small), 5_000);
    expect(cost(small.repeat(8)) / base).toBeLessThan(32);
  });

  it.each(SECRET_PATTERNS.map(({ id, hints }) => [id, hints] as const))(
    'grow in step with a long line of what begins %s',
    (_id, hints) => {
      for (const unit of [hints.join(''), hints.map((hint) => `${hint}aa = "a`).join(' ')]) {
        const small = unit.repeat(Math.ceil(4_000 / unit.length));
        cost(small);
        const base = Math.max(cost(small), 5_000);
        expect(cost(small.repeat(8)) / base).toBeLessThan(32);
      }
    },
  );

  it.each(['eyJaaaaaaaaaa.!', 'redis://a:b', ' '])('are done with a megabyte of %j', (unit) => {
    const line = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(findSecrets(line)).toEqual([]);
    expect(redactSecrets(line)).toHaveLength(line.length);
  });
});
