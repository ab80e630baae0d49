import type { ControlState } from '@securescan/contracts';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { isActive } from '../model/suppression';
import type { Control, Framework } from './framework';
import { listFrameworks } from './frameworks';
import { speakersOf } from './scanner-reach';

export interface ControlCoverage {
  readonly control: Control;
  /**
   * `violated`: an active finding is about it. `not_observed`: none is, and a scanner that would have said so completed.
   * `not_tested`: no such scanner completed, or there is none. That it is met is nothing that a tool can tell.
   */
  readonly state: ControlState;
  /** Active ones. */
  readonly findings: number;
  /** Those that completed and can speak to it, in code-point order. */
  readonly testedBy: readonly string[];
  /** All that can speak to it, whether they ran or not, in code-point order. */
  readonly testableBy: readonly string[];
}

/** What is known of one framework. */
export interface FrameworkCoverage {
  readonly framework: Framework;
  /** All of them, in the order of the framework. */
  readonly controls: readonly ControlCoverage[];
  /** How many there are of each; together all controls. */
  readonly counts: Readonly<Record<ControlState, number>>;
  /** Controls that are violated or not observed among all of the framework, 0 to 100 with one decimal. */
  readonly testedPercentage: number;
}

/** How a scanner ended, as far as it matters here. */
export type TestingOutcome = Pick<ScannerOutcome, 'scanner' | 'status' | 'filesAssessed'>;

/** The scanners that looked at something to the end. One that found no file of its kind completed, and has tested nothing. */
export function testersOf(outcomes: readonly TestingOutcome[]): ReadonlySet<string> {
  return new Set(
    outcomes
      .filter(({ status, filesAssessed }) => status === 'completed' && filesAssessed !== 0)
      .map(({ scanner }) => scanner),
  );
}

/** Judges frameworks, again and again. */
export class CoverageJudge {
  private readonly speakers: ReadonlyMap<string, readonly string[]>;

  constructor(readonly frameworks: readonly Framework[]) {
    this.speakers = speakersOf(frameworks);
  }

  /** @param counts by tag, the active findings. */
  judge(
    framework: Framework,
    counts: ReadonlyMap<string, number>,
    testers: ReadonlySet<string>,
  ): FrameworkCoverage {
    const controls = framework.controls.map((control) => {
      const findings = counts.get(control.tag) ?? 0;
      const testableBy = this.speakers.get(control.tag) ?? [];
      const testedBy = testableBy.filter((scanner) => testers.has(scanner));
      const unseen = testedBy.length > 0 ? 'not_observed' : 'not_tested';
      const state: ControlState = findings > 0 ? 'violated' : unseen;
      return { control, state, findings, testedBy, testableBy };
    });
    const count = (state: ControlState): number =>
      controls.filter((control) => control.state === state).length;
    const violated = count('violated');
    const notObserved = count('not_observed');
    return {
      framework,
      controls,
      counts: { violated, not_observed: notObserved, not_tested: count('not_tested') },
      testedPercentage: Math.round(((violated + notObserved) / controls.length) * 1_000) / 10,
    };
  }
}

/** What a scan says of all frameworks, those of the operator's own after those that ship. */
export function controlCoverageOf(
  findings: Iterable<Pick<Finding, 'complianceTags' | 'metadata'>>,
  outcomes: readonly TestingOutcome[],
  own: readonly Framework[] = [],
): readonly FrameworkCoverage[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (!isActive(finding)) continue;
    for (const tag of finding.complianceTags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const judge = new CoverageJudge(listFrameworks(own));
  const testers = testersOf(outcomes);
  return judge.frameworks.map((framework) => judge.judge(framework, counts, testers));
}
