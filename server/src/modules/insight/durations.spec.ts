import fc from 'fast-check';
import { Durations, figuresOf } from './durations';

it('tells what a list of all cases would tell', () => {
  const some = fc.array(fc.record({ ms: fc.nat(5000), count: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(some, (cases) => {
      const all = cases
        .flatMap(({ ms, count }) => Array<number>(count).fill(ms))
        .sort((a, b) => a - b);
      const at = (index: number): number => all[index] ?? 0;
      const half = all.length / 2;
      const median = all.length % 2 === 1 ? at(Math.floor(half)) : (at(half - 1) + at(half)) / 2;
      const figures = figuresOf(cases);
      expect(figures.count).toBe(all.length);
      expect(figures.mean_seconds).toBeCloseTo(
        all.reduce((sum, ms) => sum + ms, 0) / all.length / 1000,
        2,
      );
      expect(figures.median_seconds).toBe(Math.round(median) / 1000);
      expect(figures.p90_seconds).toBe(at(Math.ceil(all.length * 0.9) - 1) / 1000);
    }),
  );
});

it('takes nothing to have taken less than no time', () => {
  const durations = new Durations();
  durations.add('high', { ms: -5, count: 2 });
  expect(durations.toBody()).toMatchObject({
    all: { count: 2, mean_seconds: 0 },
    by_severity: { high: { count: 2 }, low: { count: 0, mean_seconds: null } },
  });
});
