import { aFinding } from '@securescan/testing';
import { SEVERITIES } from '@securescan/contracts';
import fc from 'fast-check';
import { riskBand, riskScore } from './risk-score';
import { countAtOrAbove, highestSeverity } from './severity-rank';

const one = (severity: (typeof SEVERITIES)[number]) => [{ severity, scanner: 'unheard-of' }];

describe('riskScore', () => {
  it.each([
    ['critical', 55.5],
    ['high', 43.9],
    ['medium', 27.7],
    ['low', 13.9],
    ['info', 3.6],
  ] as const)('of a single %s finding is %d', (severity, score) => {
    expect(riskScore(one(severity))).toBe(score);
  });

  it('is 0 for nothing and never more than 100', () => {
    expect(riskScore([])).toBe(0);
    expect(riskScore(Array.from({ length: 5_000 }, () => one('critical')).flat())).toBe(100);
  });

  it('counts a scanner that guesses less than one that knows', () => {
    expect(riskScore([{ severity: 'high', scanner: 'bandit' }])).toBeLessThan(
      riskScore([{ severity: 'high', scanner: 'trivy' }]),
    );
  });

  it('does not depend on the order', () => {
    const findings = fc.array(
      fc.record({
        severity: fc.constantFrom(...SEVERITIES),
        scanner: fc.constantFrom('bandit', 'semgrep', 'trivy', 'else'),
      }),
    );
    fc.assert(
      fc.property(findings, (list) => {
        expect(riskScore([...list].reverse())).toBe(riskScore(list));
      }),
    );
  });
});

describe('riskBand', () => {
  it.each([
    [100, 'critical'],
    [70, 'critical'],
    [69.9, 'high'],
    [50, 'high'],
    [49.9, 'medium'],
    [25, 'medium'],
    [24.9, 'low'],
    [1, 'low'],
    [0.9, 'info'],
    [0, 'info'],
  ] as const)('of %d is %s', (score, band) => {
    expect(riskBand(score)).toBe(band);
  });
});

describe('countAtOrAbove', () => {
  const findings = SEVERITIES.map((severity) => aFinding({ severity }));

  it.each([
    ['critical', 1],
    ['high', 2],
    ['medium', 3],
    ['low', 4],
    ['info', 5],
  ] as const)('%s counts what is as bad or worse', (threshold, count) => {
    expect(countAtOrAbove(findings, threshold)).toBe(count);
  });
});

describe('highestSeverity', () => {
  it('is the worst', () => {
    expect(highestSeverity('low', 'critical', 'high')).toBe('critical');
    expect(highestSeverity('info')).toBe('info');
  });
});
