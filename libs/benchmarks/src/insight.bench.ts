import 'reflect-metadata';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createReaderDataSource } from '../../../server/src/database/data-sources';
import { type MadeScan, type ScanWriter } from './made-scan';
import { serveScans, timeRequests } from './served-scans';

/*
 * Figures over time: 1000 scans of 100 targets within a year, which tell of a million findings, of which as many lives are
 * known and 12 500 have been decided about. Then how long it takes to take two scans of 100 000 findings into the lives, behind
 * a server that starts. npm run bench -- insight [lives] [findings of a scan]
 */

const [lives = 1_000_000, findings = 100_000] = process.argv.slice(2).map(Number);
const SCANS = 1000;
const TARGETS = 100;
const REQUESTS = 40;
const LOOK_EVERY_MS = 50;
const VERDICTS = 12_500;

const SERIES = `WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < ?)`;
const SCAN_ID = `printf('00000000-0000-4000-8000-%012d', n)`;
const TARGET_ID = `printf('00000000-0000-4000-9000-%012d', n % ${TARGETS})`;
const PROJECT = `printf('project-%d', n % ${TARGETS} / 10)`;
/** When the scan of a number ended; the last of them did a minute ago. */
const timeOf = (number: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', printf('-%d minutes', 1 + (${SCANS} - 1 - ${number}) * 525))`;
const TIME = timeOf('n');
const LIFE_TIME = timeOf(`n % ${SCANS}`);

const SCANNERS = [
  ['bandit', 'code'],
  ['semgrep', 'code'],
  ['trivy', 'dependency'],
] as const;
const SEVERITY = `CASE n % 5 WHEN 0 THEN 'critical' WHEN 1 THEN 'high' WHEN 2 THEN 'medium' WHEN 3 THEN 'low' ELSE 'info' END`;

/** With what each is repeated for. */
const STATEMENTS: readonly (readonly [string, number])[] = [
  [
    `${SERIES} INSERT INTO targets SELECT ${TARGET_ID}, ${PROJECT}, 'tree', printf('part-%d', n),
      printf('00000000-0000-4000-8000-%012d', ${SCANS - TARGETS} + n), '', 0, 0, 0, 0, 0, 0, 50, 0 FROM series`,
    TARGETS,
  ],
  [
    `${SERIES} INSERT INTO scans (id, project, target_in_project, scan_types, options_json, status, created_at, completed_at,
      findings_count, critical_count, high_count, medium_count, low_count, info_count, risk_score)
    SELECT ${SCAN_ID}, ${PROJECT}, printf('part-%d', n % ${TARGETS}), '["code","dependency"]',
      '{"semgrepRules":[],"scanners":null}', 'completed', ${TIME}, ${TIME}, 1000, 0, 0, 0, 0, 0, 50 FROM series`,
    SCANS,
  ],
  ...SCANNERS.flatMap(([scanner, type], position): [string, number][] => [
    [
      `${SERIES} INSERT INTO scanner_outcomes
        (scan_id, scanner, position, scan_type, status, duration_ms, findings_count, notes_json, files_skipped_json)
      SELECT ${SCAN_ID}, '${scanner}', ${position}, '${type}', 'completed', 1, 333, '[]', '[]' FROM series`,
      SCANS,
    ],
    [
      `${SERIES} INSERT INTO current_outcomes (target_id, scanner, scan_type, scan_id)
      SELECT ${TARGET_ID}, '${scanner}', '${type}', printf('00000000-0000-4000-8000-%012d', ${SCANS - TARGETS} + n) FROM series`,
      TARGETS,
    ],
    ...['critical', 'high', 'medium', 'low', 'info'].map((severity): [string, number] => [
      `${SERIES} INSERT INTO scan_counts (scan_id, scanner, severity, findings_count)
      SELECT ${SCAN_ID}, '${scanner}', '${severity}', 60 + n % 13 FROM series`,
      SCANS,
    ]),
  ]),
  ...['code', 'dependency'].map((type): [string, number] => [
    `${SERIES} INSERT INTO target_scans (target_id, scan_type, created_at, scan_id)
    SELECT ${TARGET_ID}, '${type}', ${TIME}, ${SCAN_ID} FROM series`,
    SCANS,
  ]),
  [
    `${SERIES} INSERT INTO finding_places (project, kind, place) SELECT ${PROJECT}, 'tree', printf('part-%d', n) FROM series`,
    TARGETS,
  ],
  [
    `${SERIES} INSERT INTO finding_rounds (scan_id, seen_at, is_done) SELECT ${SCAN_ID}, ${TIME}, 1 FROM series`,
    SCANS,
  ],
  [
    `${SERIES} INSERT INTO finding_lives (place_id, fingerprint, scanner, severity, reporters, state, first_seen_at, first_round,
      last_round, last_number, closed_at)
    SELECT 1 + n % ${TARGETS}, lower(hex(randomblob(32))), 'semgrep', ${SEVERITY}, 'semgrep',
      CASE WHEN n / 1000 % 10 = 0 THEN 'fixed' ELSE 'open' END, ${LIFE_TIME}, 1 + n % 900, 1000, 0,
      CASE WHEN n / 1000 % 10 = 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', 'now', printf('-%d minutes', n % 97 * 525)) END FROM series`,
    lives,
  ],
  [
    `INSERT INTO finding_life_aliases (fingerprint, place_id, life_id)
    SELECT fingerprint, place_id, id FROM finding_lives WHERE ? ORDER BY fingerprint`,
    1,
  ],
  [
    `INSERT INTO finding_states (fingerprint, status, updated_at)
    SELECT fingerprint, 'false_positive', '2026-01-01T00:00:00.000Z' FROM finding_life_aliases ORDER BY fingerprint LIMIT ?`,
    VERDICTS,
  ],
];

const LARGE_TARGET = '00000000-0000-4000-b000-000000000000';
const LARGE: readonly MadeScan[] = [0, 1].map((index) => ({
  id: `00000000-0000-4000-a000-00000000000${index}`,
  project: 'large',
  findings,
}));

async function fill(writer: ScanWriter): Promise<void> {
  for (const [sql, count] of STATEMENTS) {
    await writer.units.run((tx) => tx.manager.query(sql, [count]));
  }
  for (const scan of LARGE) {
    await writer.write(scan);
    await writer.units.run(async (tx) => {
      await tx.manager.query(
        `UPDATE scans SET completed_at = created_at, target_in_project = '.',
          scan_types = '["code","dependency"]' WHERE id = ?`,
        [scan.id],
      );
      await tx.manager.query(
        `INSERT OR IGNORE INTO targets
        SELECT '${LARGE_TARGET}', project, 'tree', '.', id, created_at, 0, 0, 0, 0, 0, 0, 0, 0 FROM scans WHERE id = ?`,
        [scan.id],
      );
      await tx.manager.query(
        `INSERT INTO target_scans (target_id, scan_type, created_at, scan_id)
        SELECT '${LARGE_TARGET}', type.value, scans.created_at, scans.id FROM scans, json_each(scans.scan_types) AS type WHERE scans.id = ?`,
        [scan.id],
      );
      await tx.manager.query(
        `INSERT INTO finding_rounds (scan_id, seen_at) SELECT id, completed_at FROM scans WHERE id = ?`,
        [scan.id],
      );
    });
  }
}

/** How long each of the large scans took, from when the server answered. */
async function takenIn(file: string): Promise<number[]> {
  const reader = await createReaderDataSource(file).initialize();
  const started = performance.now();
  const taken: number[] = [];
  while (taken.length < LARGE.length) {
    await delay(LOOK_EVERY_MS);
    const [row] = await reader.query<{ open: number }[]>(
      `SELECT count(*) AS "open" FROM finding_rounds WHERE is_done = 0`,
    );
    const sum = taken.reduce((all, ms) => all + ms, 0);
    if (LARGE.length - (row?.open ?? 0) > taken.length) {
      taken.push(Math.round(performance.now() - started - sum));
    }
  }
  await reader.destroy();
  return taken;
}

async function run(): Promise<void> {
  const server = await serveScans(fill);
  const print = (figures: object): void => {
    process.stdout.write(`${JSON.stringify({ bench: 'insight', ...figures })}\n`);
  };
  try {
    await server.report();
    const [first, again] = await takenIn(server.file);
    const { blockedMs } = await server.report();
    print({ findings, first_ms: first, again_ms: again, blocked_max_ms: Math.round(blockedMs) });
    for (const query of [
      'dashboard/trends?days=365',
      'dashboard/trends?days=365&project=project-1',
      'dashboard/trends?days=30',
      'dashboard/stats',
      'insight/ages',
      'insight/ages?project=project-1',
      'insight/response-times?days=365',
    ]) {
      const url = `${server.url}/api/v1/${query}`;
      await timeRequests(url, 3);
      await server.report();
      const timing = await timeRequests(url, REQUESTS);
      const loop = await server.report();
      print({ lives, query, ...timing, blocked_max_ms: Math.round(loop.blockedMs) });
    }
  } finally {
    await server.close();
  }
}

void run();
