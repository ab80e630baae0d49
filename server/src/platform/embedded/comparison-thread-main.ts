import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { type ComparisonClass, SEVERITIES, type Severity } from '@securescan/contracts';
import {
  countBySeverity,
  diffFindings,
  suppressionMetadata,
  SUPPRESSION_KINDS,
  type Finding,
  type FindingsDiff,
  type Orderable,
} from '@securescan/core';
import type {
  ComparedFindings,
  ComparedList,
  ComparisonOrder,
  StoredSide,
} from '../../ports/finding-comparison.port';

/* The thread of one comparison: it reads both scans, compares them and ends. */

/** As findings are numbered. */
const NUMBERS_OF_A_SCAN = 16_777_216;

interface Row extends Orderable {
  readonly aliases: string;
  readonly suppressedBy: string | null;
}

const { file, order } = workerData as { readonly file: string; readonly order: ComparisonOrder };

/** Only what a comparison looks at: the rest of a finding is most of it, and is left empty. */
const READ = `SELECT "severity", "scanner", "rule_id" AS "ruleId", "file_path" AS "filePath", "line" AS "lineStart",
    "title", "fingerprint", "occurrence", "aliases_json" AS "aliases",
    json_extract("metadata_json", '$.suppressed_by') AS "suppressedBy"
  FROM "findings" WHERE "number" BETWEEN ? AND ? ORDER BY "number"`;

function toFinding({ aliases, suppressedBy, ...row }: Row): Finding {
  const kind = SUPPRESSION_KINDS.find((known) => known === suppressedBy);
  const reporters = JSON.parse(aliases) as { scanner: string; fingerprint: string }[];
  return {
    ...row,
    id: '',
    scanType: 'code',
    description: '',
    lineEnd: null,
    cwe: null,
    remediation: null,
    metadata: kind === undefined ? {} : suppressionMetadata({ kind, reason: null }),
    complianceTags: [],
    aliases: reporters.map(({ scanner, fingerprint }) => ({ scanner, ruleId: '', fingerprint })),
  };
}

function readBoth(): { readonly base: readonly Finding[]; readonly head: readonly Finding[] } {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    connection.pragma('trusted_schema = OFF');
    const numberOf = connection
      .prepare<[string], number>('SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?')
      .pluck();
    const rows = connection.prepare<[number, number], Row>(READ);
    const findingsOf = ({ scanId }: StoredSide): readonly Finding[] => {
      const number = numberOf.get(scanId);
      if (number === undefined) return [];
      const start = number * NUMBERS_OF_A_SCAN;
      const findings: Finding[] = [];
      for (const row of rows.iterate(start, start + NUMBERS_OF_A_SCAN - 1)) {
        findings.push(toFinding(row));
      }
      return findings;
    };
    return { base: findingsOf(order.base), head: findingsOf(order.head) };
  } finally {
    connection.close();
  }
}

interface Entry {
  readonly finding: Finding;
  readonly previousSeverity?: Severity | null;
  readonly side?: 'base' | 'head';
}

/** Turns findings into their positions. */
class Positions {
  private readonly byFinding = new Map<Finding, number>();

  constructor(base: readonly Finding[], head: readonly Finding[]) {
    for (const findings of [base, head]) {
      findings.forEach((finding, position) => this.byFinding.set(finding, position));
    }
  }

  listOf(entries: readonly Entry[]): ComparedList {
    return {
      positions: Int32Array.from(entries, ({ finding }) => this.byFinding.get(finding) ?? -1),
      isOfBase: Uint8Array.from(entries, ({ side }) => (side === 'base' ? 1 : 0)),
      previous: Uint8Array.from(entries, ({ previousSeverity: previous }) =>
        previous === undefined || previous === null ? 0 : SEVERITIES.indexOf(previous) + 1,
      ),
    };
  }
}

function entriesOf(diff: FindingsDiff): Record<ComparisonClass, readonly Entry[]> {
  const ofHead = (finding: Finding): Entry => ({ finding });
  return {
    new: diff.new.map(ofHead),
    fixed: diff.fixed.map((finding) => ({ finding, side: 'base' })),
    unchanged: diff.unchanged,
    not_assessed: diff.notAssessed,
    newly_suppressed: diff.newlySuppressed.map(ofHead),
    suppressed: diff.suppressed.map(ofHead),
  };
}

function countByScanner(diff: FindingsDiff): ComparedFindings['byScanner'] {
  const counts = new Map<string, { new: number; fixed: number; notAssessed: number }>();
  const countsOf = ({ scanner }: Finding): { new: number; fixed: number; notAssessed: number } => {
    const known = counts.get(scanner) ?? { new: 0, fixed: 0, notAssessed: 0 };
    counts.set(scanner, known);
    return known;
  };
  for (const finding of diff.new) countsOf(finding).new += 1;
  for (const finding of diff.fixed) countsOf(finding).fixed += 1;
  for (const { finding } of diff.notAssessed) countsOf(finding).notAssessed += 1;
  return counts;
}

function compare(): ComparedFindings {
  const { base, head } = readBoth();
  const diff = diffFindings(
    { findings: base, coverage: order.base.coverage },
    { findings: head, coverage: order.head.coverage },
  );
  const positions = new Positions(base, head);
  const entries = entriesOf(diff);
  return {
    lists: {
      new: positions.listOf(entries.new),
      fixed: positions.listOf(entries.fixed),
      unchanged: positions.listOf(entries.unchanged),
      not_assessed: positions.listOf(entries.not_assessed),
      newly_suppressed: positions.listOf(entries.newly_suppressed),
      suppressed: positions.listOf(entries.suppressed),
    },
    newBySeverity: countBySeverity(diff.new),
    fixedBySeverity: countBySeverity(diff.fixed),
    byScanner: countByScanner(diff),
  };
}

parentPort?.postMessage(compare());
