import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { UNIT_ROWS } from '../../../server/src/database/insert-rows';
import { openSqliteDatabase } from '../../../server/src/platform/embedded/sqlite-database';
import { type MadeScan, ScanWriter, madeFinding } from './made-scan';

/*
 * The whole life of a scan's findings in the database: insert them in chunks, read a page, delete them in chunks.
 * npm run bench -- ingest [rows] [how many of a hundred two scanners report]
 */

const [rowCount = 100_000, mergedPercent = 0] = process.argv.slice(2).map(Number);
const SCAN: MadeScan = {
  id: '00000000-0000-4000-8000-000000000001',
  project: 'bench',
  findings: rowCount,
  mergedPercent,
};

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'securescan-bench-'));
  const database = await openSqliteDatabase(join(directory, 'scans.db'));
  const writer = new ScanWriter(database);
  const { units, repository } = writer;
  const findings = Array.from({ length: rowCount }, (_, position) => madeFinding(SCAN, position));
  await writer.begin(SCAN);
  const memoryBefore = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();

  const insertMs = await timed(async () => {
    await writer.append(SCAN, findings);
    await writer.complete(SCAN);
  });
  const cpu = process.cpuUsage(cpuBefore);
  const insertBlockedMs = delay.max / 1e6;
  const pageMs = await timed(async () => {
    const firstPage = Array.from({ length: 100 }, (_, position) => position);
    await repository.at(SCAN.id, firstPage);
  });
  delay.reset();
  const deleteMs = await timed(async () => {
    while (await units.run((tx) => repository.removeRuns(tx, SCAN.id, UNIT_ROWS)));
    while (await units.run((tx) => repository.removeSome(tx, SCAN.id, UNIT_ROWS)));
  });

  process.stdout.write(
    `${JSON.stringify({
      bench: 'ingest',
      rows: rowCount,
      merged_percent: mergedPercent,
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
