import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { SEVERITIES } from '@securescan/contracts';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { ReadDatabase } from '../../../server/src/database/database';
import { insertRows, UNIT_ROWS } from '../../../server/src/database/insert-rows';
import { DomainEvents } from '../../../server/src/domain-events/domain-events';
import { UnitOfWork } from '../../../server/src/domain-events/unit-of-work';
import { FindingEntity } from '../../../server/src/modules/findings/finding.entity';
import { FindingsRepository } from '../../../server/src/modules/findings/findings.repository';
import { ScanEntity } from '../../../server/src/modules/scans/scan.entity';
import { openSqliteDatabase } from '../../../server/src/platform/embedded/sqlite-database';
import { SystemClock } from '../../../server/src/platform/embedded/system-clock';

/*
 * The whole life of a scan's findings in the database: insert them in chunks, read a page, delete them in chunks.
 * npm run bench -- ingest [rows] [rows of a unit]
 */

const SCAN_ID = '00000000-0000-4000-8000-000000000001';
const [rowCount = 100_000, chunkSize = UNIT_ROWS] = process.argv.slice(2, 4).map(Number);

function aFinding(position: number): FindingEntity {
  const fingerprint = createHash('sha256').update(String(position)).digest('hex');
  // In canonical order findings of a rule are neighbours.
  const ruleId = `rule-${Math.floor((position / rowCount) * 211)}`;
  return Object.assign(new FindingEntity(), {
    scanId: SCAN_ID,
    id: createHash('sha256').update(fingerprint).digest('hex').slice(0, 32),
    position,
    fingerprint,
    occurrence: 1,
    scanner: 'semgrep',
    scanType: 'code',
    severity: SEVERITIES[Math.floor((position / rowCount) * SEVERITIES.length)] ?? 'info',
    title: `Query built from a request parameter in handler ${position}`,
    description: 'A value of the request becomes part of a statement without being bound. '.repeat(
      3,
    ),
    filePath: `src/modules/area-${position % 97}/handler-${position % 1009}.ts`,
    line: (position % 800) + 1,
    lineEnd: (position % 800) + 3,
    ruleId,
    cwe: 'CWE-89',
    remediation: 'Bind the value as a parameter.',
    metadata: { confidence: 'high', snippet: 'db.query("SELECT * FROM t WHERE id = " + id)' },
    complianceTags: ['OWASP-A03', 'PCI-6.2.4'],
    aliases: [{ scanner: 'semgrep', rule_id: ruleId, fingerprint }],
  });
}

function aScan(): ScanEntity {
  const counts = {
    findingsCount: 0,
    suppressedCount: 0,
    criticalCount: 0,
    highCount: 0,
    mediumCount: 0,
    lowCount: 0,
  };
  return Object.assign(new ScanEntity(), counts, {
    id: SCAN_ID,
    project: 'bench',
    scanTypes: ['code'],
    options: { semgrepRules: [] },
    status: 'running',
    createdAt: '2026-01-01T00:00:00.000Z',
    infoCount: 0,
  });
}

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'securescan-bench-'));
  const database = await openSqliteDatabase(join(directory, 'scans.db'));
  const repository = new FindingsRepository(new ReadDatabase(database));
  const clock = new SystemClock();
  const units = new UnitOfWork(database, new DomainEvents(new EventEmitter2()), clock);
  const findings = Array.from({ length: rowCount }, (_, position) => aFinding(position));
  await units.run((tx) => insertRows(tx.manager, ScanEntity, [aScan()]));
  const memoryBefore = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();

  const insertMs = await timed(async () => {
    for (let start = 0; start < rowCount; start += chunkSize) {
      const chunk = findings.slice(start, start + chunkSize);
      await units.run((tx) => repository.insert(tx, chunk));
    }
    await units.run((tx) => tx.manager.update(ScanEntity, SCAN_ID, { status: 'completed' }));
  });
  const cpu = process.cpuUsage(cpuBefore);
  const insertBlockedMs = delay.max / 1e6;
  const pageMs = await timed(async () => {
    await repository.at(
      SCAN_ID,
      Array.from({ length: 100 }, (_, position) => position),
    );
  });
  delay.reset();
  const deleteMs = await timed(async () => {
    while (await units.run((tx) => repository.removeRuns(tx, SCAN_ID, chunkSize)));
    for (let below = chunkSize; below < rowCount + chunkSize; below += chunkSize) {
      await units.run((tx) => repository.removeBelow(tx, SCAN_ID, below));
    }
  });

  process.stdout.write(
    `${JSON.stringify({
      bench: 'ingest',
      rows: rowCount,
      chunk: chunkSize,
      insert_ms: Math.round(insertMs),
      insert_cpu_ms: Math.round((cpu.user + cpu.system) / 1000),
      insert_blocked_max_ms: Math.round(insertBlockedMs),
      first_page_ms: Math.round(pageMs * 10) / 10,
      delete_ms: Math.round(deleteMs),
      delete_blocked_max_ms: Math.round(delay.max / 1e6),
      rss_growth_mb: Math.round((process.memoryUsage().rss - memoryBefore) / 1e6),
    })}\n`,
  );
  await database.close();
  await rm(directory, { recursive: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

void run();
