import type {
  FrameworkBody,
  FrameworkCoverageBody,
  FrameworkDetailBody,
} from '@securescan/contracts';
import type { CoverageJudge, Framework, FrameworkCoverage } from '@securescan/core';

const NOBODY: ReadonlySet<string> = new Set();

export function toFrameworkBody(
  framework: Framework,
  judge: CoverageJudge,
  isShipped: boolean,
): FrameworkDetailBody {
  const { controls } = judge.judge(framework, new Map(), NOBODY);
  return {
    id: framework.id,
    name: framework.name,
    version: framework.version,
    tag_prefix: framework.tagPrefix,
    total_controls: controls.length,
    testable_controls: controls.filter(({ testableBy }) => testableBy.length > 0).length,
    shipped: isShipped,
    controls: controls.map(({ control, testableBy }) => ({
      id: control.id,
      tag: control.tag,
      name: control.name,
      cwes: control.cwes.map((cwe) => `CWE-${String(cwe)}`),
      keywords: [...control.keywords],
      testable_by: [...testableBy],
    })),
  };
}

export function withoutControls({
  controls: _controls,
  ...body
}: FrameworkDetailBody): FrameworkBody {
  return body;
}

/** @param scanId whose findings they are; `null` where they belong to several scans. */
export function toCoverageBody(
  { framework, controls, counts, testedPercentage }: FrameworkCoverage,
  scanId: string | null,
): FrameworkCoverageBody {
  const violated = controls.filter(({ state }) => state === 'violated');
  return {
    framework: framework.name,
    framework_id: framework.id,
    version: framework.version,
    total_controls: controls.length,
    counts: { ...counts },
    tested_percentage: testedPercentage,
    controls_violated: violated.map(({ control }) => control.tag),
    violated_details: violated.map(({ control: { tag, name } }) => ({ id: tag, name })),
    controls: controls.map(({ control, state, findings, testedBy, testableBy }) => ({
      id: control.id,
      tag: control.tag,
      name: control.name,
      state,
      findings,
      tested_by: [...testedBy],
      testable_by: [...testableBy],
      findings_url: findings === 0 || scanId === null ? null : addressOf(scanId, control.tag),
    })),
  };
}

function addressOf(scanId: string, tag: string): string {
  const query = new URLSearchParams({ compliance: tag, suppressed: 'false' });
  return `/api/v1/scans/${scanId}/findings?${query.toString()}`;
}
