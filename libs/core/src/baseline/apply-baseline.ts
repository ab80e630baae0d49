import type { Finding } from '../model/finding';
import { suppressionMetadata } from '../model/suppression';
import { countThings, groupFindings } from '../diff/group-findings';
import { pairFindings } from '../diff/pair-findings';
import { sortedObject } from '../order/sorted-json';

/**
 * Marks as suppressed what a baseline holds, in the order of the input. It covers as many as it names, those on the nearest lines:
 * a further copy of a known finding stays active.
 */
export function applyBaseline(
  findings: readonly Finding[],
  known: readonly Finding[],
): readonly Finding[] {
  const covered = new Set<Finding>();
  for (const { base, head } of groupFindings(known, findings)) {
    const [before, now] = [countThings(base.active), countThings(head.active)];
    // All of a group that is no larger than it was, even where its reporters name different lines.
    const old =
      now <= before
        ? head.active
        : pairFindings(base.active, head.active, before).map((pair) => pair.head);
    for (const finding of old) covered.add(finding);
  }
  return findings.map((finding) => (covered.has(finding) ? asKnown(finding) : finding));
}

function asKnown(finding: Finding): Finding {
  const suppression = suppressionMetadata({ kind: 'baseline', reason: null });
  return { ...finding, metadata: sortedObject({ ...finding.metadata, ...suppression }) };
}
