import { SEVERITIES, type SeverityCountsBody } from '@securescan/contracts';
import { compareCodePoints, riskScore } from '@securescan/core';
import type { CountedWord } from './trends.repository';

/** Scores have one decimal, so their sums are kept in whole tenths. */
const TENTHS = 10;

interface TargetState {
  readonly words: Map<string, CountedWord>;
  riskTenths: number;
}

/** How all targets stand together, kept while scanners tell of one after the other. */
export class StandingCounts {
  private readonly targets = new Map<string, TargetState>();
  private readonly changed = new Set<TargetState>();
  private readonly counts: SeverityCountsBody = {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    info: 0,
  };
  private riskTenths = 0;

  /** Of two words of a scanner about a target, that of the scan that was asked for later counts. */
  take(word: CountedWord): void {
    const target = this.targets.get(word.targetId) ?? {
      words: new Map<string, CountedWord>(),
      riskTenths: 0,
    };
    this.targets.set(word.targetId, target);
    const standing = target.words.get(word.scanner);
    if (standing !== undefined && isOlder(word, standing)) return;
    target.words.set(word.scanner, word);
    for (const severity of SEVERITIES) {
      this.counts[severity] += word.counts[severity] - (standing?.counts[severity] ?? 0);
    }
    this.changed.add(target);
  }

  /** `null` as long as no scanner has told of anything. */
  now(): (SeverityCountsBody & { total: number; targets: number; riskScore: number }) | null {
    if (this.targets.size === 0) return null;
    for (const target of this.changed) {
      const tenths = Math.round(scoreOf(target) * TENTHS);
      this.riskTenths += tenths - target.riskTenths;
      target.riskTenths = tenths;
    }
    this.changed.clear();
    return {
      ...this.counts,
      total: SEVERITIES.reduce((sum, severity) => sum + this.counts[severity], 0),
      targets: this.targets.size,
      riskScore: Math.round(this.riskTenths / this.targets.size) / TENTHS,
    };
  }
}

function isOlder(word: CountedWord, standing: CountedWord): boolean {
  const order = compareCodePoints(word.createdAt, standing.createdAt);
  return order < 0 || (order === 0 && compareCodePoints(word.scanId, standing.scanId) < 0);
}

function scoreOf({ words }: TargetState): number {
  return riskScore(
    [...words.values()].flatMap(({ scanner, counts }) =>
      SEVERITIES.map((severity) => ({ scanner, severity, count: counts[severity] })),
    ),
  );
}
