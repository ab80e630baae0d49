import type { Result } from 'sarif';
import type { Finding } from '../model/finding';
import { isActive } from '../model/suppression';
import { inCanonicalOrder } from '../order/canonical-order';
import { summarise } from '../pipeline/summarise';
import type { DiffDocument } from './diff-document';
import { sarifChunks } from './sarif/sarif';
import type { SarifLimits } from './sarif/limits';

/**
 * The head's state as SARIF, each result with its baseline state. What is fixed is left out: code scanning would show a result
 * whose state is `absent`, and a log of the new ones alone would close the alerts of all others.
 */
export function* diffSarifChunks(document: DiffDocument, limits?: SarifLimits): Generator<string> {
  const baselineStates = statesOf(document);
  const findings = inCanonicalOrder([...baselineStates.keys()]);
  yield* sarifChunks(
    {
      toolVersion: document.toolVersion,
      target: document.target,
      project: document.project,
      scanTypes: document.scanTypes,
      outcomes: document.outcomes,
      summary: summarise(findings, document.outcomes),
      findings,
      notices: document.notices,
    },
    {
      limits,
      baselineStates,
      properties: {
        diffMode: true,
        baseRef: document.base.commit ?? document.base.name,
        headRef: document.head.commit ?? document.head.name,
      },
    },
  );
}

function statesOf({
  diff,
  showsSuppressed,
}: DiffDocument): ReadonlyMap<Finding, Result.baselineState> {
  const states = new Map<Finding, Result.baselineState>();
  const add = (finding: Finding, state: Result.baselineState): void => {
    if (showsSuppressed || isActive(finding)) states.set(finding, state);
  };
  for (const finding of diff.new) add(finding, 'new');
  for (const { finding, previousSeverity } of diff.unchanged) {
    add(finding, previousSeverity === null ? 'unchanged' : 'updated');
  }
  for (const { finding, side } of diff.notAssessed) if (side === 'head') add(finding, 'new');
  for (const finding of diff.newlySuppressed) add(finding, 'updated');
  for (const finding of diff.suppressed) add(finding, 'unchanged');
  return states;
}
