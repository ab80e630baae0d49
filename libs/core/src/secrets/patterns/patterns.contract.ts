import { findSecrets, matchesOf } from '../find-secrets';
import type { SecretPattern } from '../secret-pattern';

export interface PatternSample {
  readonly kind: string;
  /** The shortest value of the format, made from a seed. */
  readonly value: string;
  /** The line around it; the first `@` is its place. The value alone where there is none. */
  readonly line?: string;
  /** What only looks like it; the value without its last character where there is none. */
  readonly nearMiss?: string;
}

/** Every pattern of a table finds its samples, exactly, and neither what falls short of the format nor a part of a word. */
export function describePatterns(
  topic: string,
  patterns: readonly SecretPattern[],
  samples: readonly PatternSample[],
): void {
  const named = samples.map((sample) => [sample.kind, sample] as const);

  describe(`${topic} patterns`, () => {
    it('each have a sample', () => {
      expect(new Set(samples.map(({ kind }) => kind))).toEqual(
        new Set(patterns.map(({ id }) => id)),
      );
    });

    it.each(named)('find %s', (kind, { value, line = '@' }) => {
      const start = line.indexOf('@');
      const whole = around(line, value);
      expect(findSecrets(whole)).toMatchObject([{ kind, value, start, end: start + value.length }]);
    });

    it.each(named)('take what falls short of %s for none', (kind, sample) => {
      const { value, line = '@', nearMiss = value.slice(0, -1) } = sample;
      const found = findSecrets(around(line, nearMiss)).map((match) => match.kind);
      expect(found).not.toContain(kind);
    });

    it.each(named)('take the middle of a word for no %s', (kind, { value, line }) => {
      if (line !== undefined) return;
      const pattern = patterns.find(({ id }) => id === kind);
      if (pattern === undefined) throw new Error(`no pattern is called ${kind}`);
      const places = matchesOf(`zz${value}zz`, pattern).filter(({ start }) => start <= 2);
      expect(places).toEqual([]);
    });
  });
}

function around(line: string, value: string): string {
  return line.replace('@', () => value);
}
