import type { Finding } from '../model/finding';
import { isActive } from '../model/suppression';
import { listFrameworks } from './compliance-tags';
import type { Control, Framework } from './framework';

export interface ViolatedControl {
  readonly control: Control;
  /** At least one. */
  readonly findings: number;
}

/** What the findings of a scan say about one framework. */
export interface FrameworkCoverage {
  readonly framework: Framework;
  readonly violated: readonly ViolatedControl[];
  /** Controls that a finding could have been about, and none is. It proves nothing about the rest of the control. */
  readonly clear: readonly Control[];
  /** Controls that no finding can be about: training, physical access and the like. */
  readonly notAssessed: readonly Control[];
  /** Violated controls among all controls of the framework, 0 to 100 with one decimal. */
  readonly violatedPercentage: number;
}

/** Compares the active findings with all frameworks, in the order of `listFrameworks`; controls keep their order. */
export function controlCoverageOf(
  findings: Iterable<Pick<Finding, 'complianceTags' | 'metadata'>>,
): readonly FrameworkCoverage[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (!isActive(finding)) continue;
    for (const tag of finding.complianceTags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return listFrameworks().map((framework) => coverageOfFramework(framework, counts));
}

function coverageOfFramework(
  framework: Framework,
  counts: ReadonlyMap<string, number>,
): FrameworkCoverage {
  const { controls } = framework;
  const countOf = ({ tag }: Control): number => counts.get(tag) ?? 0;
  const violated = controls.filter((control) => countOf(control) > 0);
  const others = controls.filter((control) => countOf(control) === 0);
  return {
    framework,
    violated: violated.map((control) => ({ control, findings: countOf(control) })),
    clear: others.filter(isAssessable),
    notAssessed: others.filter((control) => !isAssessable(control)),
    violatedPercentage: Math.round((violated.length / controls.length) * 1_000) / 10,
  };
}

function isAssessable({ cwes, keywords }: Control): boolean {
  return cwes.length > 0 || keywords.length > 0;
}
