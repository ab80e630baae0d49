import 'reflect-metadata';
import type { Verdict } from '@securescan/contracts';
import { insertRows } from '../../../server/src/database/insert-rows';
import { createReaderDataSource } from '../../../server/src/database/data-sources';
import {
  FINDING_SORTS,
  type FindingFilterName,
  OFFERED_LISTS,
} from '../../../server/src/modules/findings/lists/offered-lists';
import { INDEX_STATEMENTS } from '../../../server/src/modules/findings/lists/finding-index.repository';
import { ROW_STATEMENTS } from '../../../server/src/modules/findings/findings.repository';
import { FindingStateEntity } from '../../../server/src/modules/triage/finding-state.entity';
import { ProjectFindingStateEntity } from '../../../server/src/modules/triage/project-finding-state.entity';
import { VERDICT_STATEMENTS } from '../../../server/src/modules/triage/verdicts.repository';
import { MADE_VERDICT, type MadeScan, type ScanWriter, fingerprintOf } from './made-scan';
import { serveScans, timeRequests } from './served-scans';

/*
 * Every offered pair of filter and order, with values that match much, little and nothing, over many scans of which one is
 * large; then how the database runs each statement behind them.
 * npm run bench -- findings-pairs [findings in all] [requests of a pair]
 */

const [total = 1_000_000, requests = 40] = process.argv.slice(2).map(Number);
const LARGE: MadeScan = {
  id: '00000000-0000-4000-8000-000000000000',
  project: 'large',
  findings: total / 10,
};
const SMALL_SCANS = 90;
const VERDICTS = 5000;

const VALUES: Readonly<Record<FindingFilterName, readonly string[]>> = {
  severity: ['critical', 'critical,low,info'],
  scan_type: ['code', 'network'],
  scanner: ['semgrep', 'bandit,trivy', 'nobody'],
  rule_id: ['semgrep.rule-03', 'none'],
  cwe: ['CWE-85', 'CWE-1'],
  compliance: ['OWASP-A03', 'none'],
  suppressed: ['true', 'false'],
  fingerprint: [fingerprintOf(LARGE.project, 7), 'ab'.repeat(32)],
  status: ['new', 'false_positive', 'fixed', 'triaged,wont_fix'],
  q: ['query', 'handler-77.ts', 'nothing', '"request parameter"'],
};
const TOGETHER = [
  'severity=info&scanner=trivy&suppressed=false&compliance=OWASP-A05',
  'severity=low&status=new&q=handler',
];

/** Of every fifth finding of the large scan, and as many on findings that are in no scan. */
async function decide({ units }: ScanWriter): Promise<void> {
  const row = (fingerprint: string, status: Verdict) => ({
    fingerprint,
    status,
    ...MADE_VERDICT,
  });
  for (let start = 0; start < VERDICTS; start += 500) {
    const indexes = Array.from({ length: 500 }, (_, index) => start + index);
    const everywhere = indexes.flatMap((index) => [
      row(fingerprintOf(LARGE.project, index * 5), 'false_positive'),
      row(fingerprintOf('nowhere', index), 'wont_fix'),
    ]);
    const own = indexes.map((index) => ({
      ...row(fingerprintOf(LARGE.project, index * 10), 'triaged'),
      project: LARGE.project,
    }));
    await units.run((tx) => insertRows(tx.manager, FindingStateEntity, everywhere));
    await units.run((tx) => insertRows(tx.manager, ProjectFindingStateEntity, own));
  }
}

async function fill(writer: ScanWriter): Promise<void> {
  const findings = (total - LARGE.findings) / SMALL_SCANS;
  for (let index = 0; index < SMALL_SCANS; index += 1) {
    if (index === SMALL_SCANS / 2) await writer.write(LARGE);
    const id = `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
    await writer.write({ id, project: `small-${index % 10}`, findings });
  }
  await decide(writer);
}

function queries(): string[] {
  const pairs = FINDING_SORTS.flatMap((sort) => [
    `sort=${sort}`,
    ...OFFERED_LISTS[sort].flatMap((filter) =>
      VALUES[filter].map((value) => `sort=${sort}&${filter}=${encodeURIComponent(value)}`),
    ),
  ]);
  return [...pairs, ...TOGETHER];
}

/** Steps of plans that read a whole table or sort. */
async function badSteps(file: string): Promise<string[]> {
  const reader = await createReaderDataSource(file).initialize();
  const statements = [
    ...Object.values(INDEX_STATEMENTS),
    ...Object.values(ROW_STATEMENTS),
    ...Object.values(VERDICT_STATEMENTS),
  ].map((statement) => (typeof statement === 'string' ? statement : statement(200)));
  const bad: string[] = [];
  for (const sql of statements) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
    const steps = await reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    bad.push(
      ...steps.map(({ detail }) => detail).filter((step) => /^SCAN |TEMP B-TREE/.test(step)),
    );
  }
  await reader.destroy();
  return bad;
}

async function run(): Promise<void> {
  const server = await serveScans(fill);
  try {
    for (const query of queries()) {
      const url = `${server.url}/api/v1/scans/${LARGE.id}/findings?${query}`;
      await timeRequests(url, 3);
      const figures = { bench: 'findings-pairs', query, ...(await timeRequests(url, requests)) };
      process.stdout.write(`${JSON.stringify(figures)}\n`);
    }
    const { blockedMs } = await server.report();
    const bad_steps = await badSteps(server.file);
    const summary = { bench: 'findings-pairs', total, blocked_max_ms: Math.round(blockedMs) };
    process.stdout.write(`${JSON.stringify({ ...summary, bad_steps })}\n`);
  } finally {
    await server.close();
  }
}

void run();
