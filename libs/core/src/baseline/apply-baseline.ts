import type { Finding } from '../model/finding';
import { isActive, suppressionMetadata } from '../model/suppression';
import { countThings, groupFindings } from '../diff/group-findings';
import { pairFindings } from '../diff/pair-findings';
import { sortedObject } from '../order/sorted-json';

export interface BaselineEffect {
  /** In the order of the input. */
  readonly findings: readonly Finding[];
  /** How many of the baseline are not there any more. */
  readonly unmatched: number;
}

/**
 * Marks as suppressed what a baseline holds. It covers as many as it names, those on the nearest lines: a further copy of a known
 * finding stays active.
 */
export function applyBaseline(
  findings: readonly Finding[],
  known: readonly Finding[],
): BaselineEffect {
  const covered = new Set<Finding>();
  let unmatched = 0;
  for (const { base, head } of groupFindings(known, findings)) {
    const [before, now] = [countThings(base.active), countThings(head.active)];
    unmatched += Math.max(0, before - now - head.suppressed.length);
    // All of a group that is no larger than it was, even where its reporters name different lines.
    const all = now <= before ? head.active : [];
    for (const finding of all) covered.add(finding);
    if (all.length > 0) continue;
    for (const pair of pairFindings(base.active, head.active, before)) covered.add(pair.head);
  }
  return {
    findings: findings.map((finding) => (covered.has(finding) ? asKnown(finding) : finding)),
    unmatched,
  };
}

function asKnown(finding: Finding): Finding {
  if (!isActive(finding)) return finding;
  const suppression = suppressionMetadata({ kind: 'baseline', reason: null });
  return { ...finding, metadata: sortedObject({ ...finding.metadata, ...suppression }) };
}
