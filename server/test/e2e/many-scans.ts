import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanBody } from '@securescan/contracts';
import { endOfScan, startTestServer } from './test-server';

const SLOTS = 2;
const MEGABYTE = 1024 * 1024;

/** A tool that notes when it starts and ends, and takes long enough to overlap with others. */
function notingTool(log: string, version: string, answer: string): string {
  return `#!/bin/sh
[ "$1" = --version ] && echo '${version}' && exit 0
echo start >> '${log}'
sleep 0.05
echo end >> '${log}'
echo '${answer}'
`;
}

export interface ManyScans {
  readonly statuses: ReadonlySet<string>;
  /** Tools that ran, and the most of them at the same time. */
  readonly started: number;
  readonly mostAtOnce: number;
  readonly slots: number;
  /** Resident memory of the process when a fifth of the scans had ended, and when all had. */
  readonly earlyMb: number;
  readonly lateMb: number;
}

/** Posts scans of as many directories one right after the other, eight of which run together, to a server with two slots. */
export async function runManyScans(count: number): Promise<ManyScans> {
  const tools = await mkdtemp(join(tmpdir(), 'securescan-many-'));
  const log = join(tools, 'log');
  const before = process.env['SECURESCAN_TOOLS_DIR'];
  process.env['SECURESCAN_TOOLS_DIR'] = tools;
  const empty = {
    semgrep: '{"results":[],"errors":[],"paths":{"scanned":[]}}',
    bandit: '{"results":[],"errors":[],"metrics":{}}',
  };
  await writeFile(join(tools, 'semgrep'), notingTool(log, '1.182.0', empty.semgrep), {
    mode: 0o755,
  });
  await writeFile(join(tools, 'bandit'), notingTool(log, 'bandit 1.9.4', empty.bandit), {
    mode: 0o755,
  });
  const server = await startTestServer({
    environment: { SECURESCAN_SCAN_SLOTS: String(SLOTS), SECURESCAN_SCAN_CONCURRENCY: '8' },
  });
  try {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const target_path = join(server.root, `project-${index}`);
      await mkdir(target_path);
      await writeFile(join(target_path, 'main.py'), 'print("hello")\n');
      const payload = { target_path, scanners: ['semgrep', 'bandit', 'secrets'] };
      const answer = await server.app.inject({ method: 'POST', url: '/api/v1/scans', payload });
      ids.push(answer.json<ScanBody>().id);
    }
    const statuses = new Set<string>();
    let earlyMb = 0;
    for (const [index, id] of ids.entries()) {
      statuses.add((await endOfScan(server, id)).status);
      if (index + 1 === Math.ceil(count / 5)) earlyMb = residentMb();
    }
    return { statuses, ...(await readLog(log)), slots: SLOTS, earlyMb, lateMb: residentMb() };
  } finally {
    await server.close();
    if (before === undefined) delete process.env['SECURESCAN_TOOLS_DIR'];
    else process.env['SECURESCAN_TOOLS_DIR'] = before;
    await rm(tools, { recursive: true });
  }
}

async function readLog(log: string): Promise<Pick<ManyScans, 'started' | 'mostAtOnce'>> {
  let running = 0;
  let started = 0;
  let mostAtOnce = 0;
  for (const word of (await readFile(log, 'utf8')).trim().split('\n')) {
    running += word === 'start' ? 1 : -1;
    started += word === 'start' ? 1 : 0;
    mostAtOnce = Math.max(mostAtOnce, running);
  }
  return { started, mostAtOnce };
}

function residentMb(): number {
  return Math.round(process.memoryUsage().rss / MEGABYTE);
}
