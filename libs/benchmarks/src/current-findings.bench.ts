import 'reflect-metadata';
import type { Transaction } from '../../../server/src/domain-events/unit-of-work';
import { insertRows } from '../../../server/src/database/insert-rows';
import { FindingStateEntity } from '../../../server/src/modules/triage/finding-state.entity';
import { ProjectFindingStateEntity } from '../../../server/src/modules/triage/project-finding-state.entity';
import { fingerprintOf, MADE_VERDICT, type ScanWriter } from './made-scan';
import { serveScans, timeRequests } from './served-scans';
import { StateKeeper } from './state-keeper';

/*
 * What is there now, over a thousand scans: every filter of `GET /findings`, with values that match much, little and nothing,
 * the lists of targets and projects, and what it costs to keep them.
 * npm run bench -- current-findings [targets] [scans of each] [findings of each scan] [requests of a query]
 */

const [targets = 100, scansOfEach = 10, findingsOfEach = 1000, requests = 40] = process.argv
  .slice(2)
  .map(Number);
const VERDICTS_OF_A_PROJECT = 20;
const VERDICTS_EVERYWHERE = 200;

const QUERIES = [
  'findings',
  'findings?sort=scan',
  'findings?severity=critical',
  'findings?severity=info,low',
  'findings?scan_type=code',
  'findings?scan_type=network',
  'findings?scanner=semgrep',
  'findings?scanner=bandit,trivy',
  'findings?scanner=nobody',
  'findings?rule_id=semgrep.rule-03',
  'findings?rule_id=none',
  'findings?cwe=CWE-85',
  'findings?cwe=CWE-1',
  'findings?compliance=OWASP-A03',
  'findings?compliance=none',
  'findings?suppressed=true',
  'findings?suppressed=false',
  'findings?severity=info&scanner=trivy&suppressed=false&compliance=OWASP-A05',
  'findings?rule_id=semgrep.rule-03&suppressed=true',
  'findings?project=project-7',
  'findings?project=project-7&rule_id=semgrep.rule-03&suppressed=false',
  'findings?status=new',
  'findings?status=false_positive',
  'findings?status=fixed',
  'findings?project=project-7&status=triaged',
  'targets',
  'targets?sort=risk',
  'targets?sort=latest&project=project-7',
  'projects',
  'scans?sort=highest_risk',
  'scans?sort=fewest_findings&status=completed',
  'scans?q=project-7',
  'findings?q=nothing',
  'findings?q=query',
];

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

async function decide({ manager }: Transaction, project: string): Promise<void> {
  const rows = Array.from({ length: VERDICTS_OF_A_PROJECT }, (_, index) => ({
    ...MADE_VERDICT,
    fingerprint: fingerprintOf(project, index * 31),
    project,
    status: index % 2 === 0 ? ('triaged' as const) : ('false_positive' as const),
  }));
  await insertRows(manager, ProjectFindingStateEntity, rows);
}

async function fill(writer: ScanWriter): Promise<void> {
  const keeper = new StateKeeper(writer);
  for (let turn = 0; turn < scansOfEach; turn += 1) {
    for (let target = 0; target < targets; target += 1) {
      const at = new Date(Date.UTC(2026, 0, 1 + turn, 0, target)).toISOString();
      const id = idOf(turn * targets + target);
      const scan = { id, project: `project-${target}`, findings: findingsOfEach, at };
      await writer.write(scan);
      await keeper.completed(scan, turn);
    }
  }
  for (let target = 0; target < targets; target += 1) {
    await writer.units.run((tx) => decide(tx, `project-${target}`));
  }
  const everywhere = Array.from({ length: VERDICTS_EVERYWHERE }, (_, index) => ({
    ...MADE_VERDICT,
    fingerprint: fingerprintOf(`project-${index % targets}`, 500 + index),
    status: 'false_positive' as const,
  }));
  await writer.units.run((tx) => insertRows(tx.manager, FindingStateEntity, everywhere));
  keeper.taken.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((keeper.taken[Math.floor((keeper.taken.length - 1) * share)] ?? 0) * 10) / 10;
  report({ keep_p50_ms: at(0.5), keep_p95_ms: at(0.95), keep_max_ms: at(1) });
}

function report(figures: object): void {
  const line = { bench: 'current-findings', targets, scans: targets * scansOfEach, ...figures };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function run(): Promise<void> {
  const server = await serveScans(fill);
  try {
    for (const query of QUERIES) {
      const url = `${server.url}/api/v1/${query}`;
      const first = await timeRequests(url, 1);
      const figures = await timeRequests(url, query.includes('q=') ? 5 : requests);
      const { blockedMs } = await server.report();
      report({ query, first_ms: first.max_ms, ...figures, blocked_ms: Math.round(blockedMs) });
    }
  } finally {
    await server.close();
  }
}

void run();
