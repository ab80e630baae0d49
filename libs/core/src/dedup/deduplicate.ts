import type { JsonObject } from '@securescan/contracts';
import { compareCodePoints } from '../order/compare-code-points';
import { compareFindings } from '../order/canonical-order';
import { severityRank } from '../severity/severity-rank';
import type { Finding, FindingAlias } from '../model/finding';
import { isActive, withoutSuppression } from '../model/suppression';
import { sortedObject } from '../order/sorted-json';
import { aliasBeside, compareAliases } from '../pipeline/reporters';
import { equivalenceClass } from './equivalent-rules';
import { authorityRank } from './scanner-authority';

/** A finding with what only the merge needs to know. Its `aliases` hold the finding itself. */
export interface DedupCandidate {
  readonly finding: Finding;
  /** What stands for the location where there is no line: the discriminator, or the empty text. */
  readonly lineContext: string;
  /** The line by which coarser tools name the place, if it is another than the finding's own. */
  readonly blockStart?: number;
  /** Place of the scanner in the registry. */
  readonly registryIndex: number;
}

/**
 * Makes one finding of those that report the same defect: same file and line (or, without a line, same discriminator),
 * and the same CWE or equivalent rules. At most one finding of each scanner goes into a merge, so that two reports of
 * one scanner are never mistaken for one. The result does not depend on the order of the input.
 */
export function deduplicate(candidates: readonly DedupCandidate[]): Finding[] {
  // Most places hold one report, which needs no list.
  const places = new Map<string, DedupCandidate | DedupCandidate[]>();
  const result: Finding[] = [];
  for (const candidate of candidates) {
    const place = placeOf(candidate);
    const known = place === null ? undefined : places.get(place);
    if (place === null) result.push(candidate.finding);
    else if (known === undefined) places.set(place, candidate);
    else if (Array.isArray(known)) known.push(candidate);
    else places.set(place, [known, candidate]);
  }
  for (const known of places.values()) {
    if (!Array.isArray(known)) result.push(known.finding);
    else for (const group of groupSameDefects(known)) result.push(merge(group));
  }
  return result;
}

/** Where a finding is; `null` where nothing can be at the same place. */
function placeOf({ finding, lineContext, blockStart }: DedupCandidate): string | null {
  const { filePath } = finding;
  const line = blockStart ?? finding.lineStart;
  if (filePath !== null && line !== null) return `line\n${filePath}\n${String(line)}`;
  return lineContext === '' ? null : `discriminator\n${filePath ?? ''}\n${lineContext}`;
}

type Group = [winner: DedupCandidate, ...others: DedupCandidate[]];

function groupSameDefects(neighbours: readonly DedupCandidate[]): readonly Group[] {
  const groups = new DefectGroups();
  for (const candidate of [...neighbours].sort(compareClaims)) groups.add(candidate);
  return groups.all;
}

/**
 * Groups by defect, built in the order of claims. A group that has a report of some scanner keeps it, so for each defect and
 * scanner one cursor moves over the groups and never back: a line with very many findings costs no more than linear time.
 */
class DefectGroups {
  readonly all: Group[] = [];
  private readonly byDefect = new Map<string, Group[]>();
  private readonly cursors = new Map<string, number>();

  add(candidate: DedupCandidate): void {
    const defects = defectsOf(candidate.finding);
    const joined = this.findGroup(defects, candidate.finding.scanner);
    const group: Group = joined ?? [candidate];
    if (joined === undefined) this.all.push(group);
    else group.push(candidate);
    for (const defect of defects) this.register(defect, group);
  }

  private findGroup(defects: readonly string[], scanner: string): Group | undefined {
    for (const defect of defects) {
      const groups = this.byDefect.get(defect) ?? [];
      const cursor = `${defect}\n${scanner}`;
      let index = this.cursors.get(cursor) ?? 0;
      while (groups[index]?.some(({ finding }) => finding.scanner === scanner) === true) index += 1;
      this.cursors.set(cursor, index);
      if (groups[index] !== undefined) return groups[index];
    }
    return undefined;
  }

  private register(defect: string, group: Group): void {
    const groups = this.byDefect.get(defect);
    if (groups === undefined) this.byDefect.set(defect, [group]);
    else if (
      group.length === 1 ||
      !group.slice(0, -1).some((member) => hasDefect(member, defect))
    ) {
      groups.push(group);
    }
  }
}

/**
 * What two reports must share to be one defect: the weakness or a row of equivalent rules. Of a package many advisories name
 * one weakness, so reports that tell theirs are the same only by an advisory.
 */
function defectsOf(finding: Finding): readonly string[] {
  const { advisories } = finding.metadata;
  if (Array.isArray(advisories) && advisories.length > 0) {
    return advisories.map((id) => `advisory ${JSON.stringify(id)}`);
  }
  const row = equivalenceClass(finding.scanner, finding.ruleId);
  return [
    ...(row === null ? [] : [`rules ${String(row)}`]),
    ...(finding.cwe === null ? [] : [finding.cwe]),
  ];
}

function hasDefect({ finding }: DedupCandidate, defect: string): boolean {
  return defectsOf(finding).includes(defect);
}

/** The order in which findings claim to be the winner. */
function compareClaims(a: DedupCandidate, b: DedupCandidate): number {
  return (
    severityRank(b.finding.severity) - severityRank(a.finding.severity) ||
    authorityRank(a.finding) - authorityRank(b.finding) ||
    a.registryIndex - b.registryIndex ||
    compareFindings(a.finding, b.finding)
  );
}

function merge([winner, ...others]: Group): Finding {
  if (others.length === 0) return winner.finding;
  const aliases = [
    ...winner.finding.aliases,
    ...others.flatMap((other) => aliasesBeside(other, winner)),
  ].sort(compareAliases);
  const reporters = others.map(({ finding }) => finding.scanner).sort(compareCodePoints);
  const remediation =
    winner.finding.remediation ??
    others.find(({ finding }) => finding.remediation !== null)?.finding.remediation ??
    null;
  return {
    ...winner.finding,
    remediation,
    metadata: sortedObject({ ...metadataOf([winner, ...others]), also_reported_by: reporters }),
    aliases,
  };
}

/** A loser shows nothing but its aliases: they say what of its identity is not the winner's. */
function aliasesBeside(loser: DedupCandidate, winner: DedupCandidate): FindingAlias[] {
  const [own, theirs] = [loser, winner].map(({ finding, lineContext }) => ({
    lineContext,
    cwe: finding.cwe,
  }));
  return loser.finding.aliases.map((alias) =>
    own === undefined || theirs === undefined || alias.fingerprint !== loser.finding.fingerprint
      ? alias
      : aliasBeside(alias, own, theirs),
  );
}

/** A merged finding is suppressed only if every reporter's is (D7). */
function metadataOf([winner, ...others]: Group): JsonObject {
  const { metadata } = winner.finding;
  if (others.some(({ finding }) => isActive(finding))) return withoutSuppression(metadata);
  return metadata;
}
