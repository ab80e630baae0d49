import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dice } from '../support/dice';
import { until } from '../support/until';
import { AfterCrash } from './after-a-crash';
import { ENVIRONMENT_KEY } from './auth-server';
import { addressOf, spawnServer, stopServer } from './built-server';
import { dockerfiles, writeTree } from './test-server';
import { Ledger, UnrulyWriters } from './unruly-writers';

const WRITERS = 6;
/** A kill comes after this many answers, and a number of further ones that the dice decide. */
const FIRST_ANSWERS = 5;
const FURTHER_ANSWERS = 60;

/** Stands in for semgrep and takes long enough to be killed in the middle. */
const TOOL = `#!/bin/sh
[ "$1" = --version ] && echo 1.182.0 && exit 0
sleep 0.1
echo '{"results":[],"errors":[],"paths":{"scanned":[]}}'
`;

export interface KillCycles {
  readonly problems: readonly string[];
  /** The longest that a server which had come up again took until no scan was unfinished, in milliseconds. */
  readonly slowestMs: number;
  readonly scans: number;
  readonly keys: number;
  readonly answers: number;
}

/** Kills a built server under load and starts it again, over and over on the same database, and looks at what it finds. */
export async function runKillCycles(cycles: number, seed: number): Promise<KillCycles> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-kills-')));
  const directories = ['a', 'b', 'c', 'd'].map((name) => join(home, 'root', name));
  for (const directory of directories) {
    await writeTree(directory, { ...dockerfiles(20), 'main.py': 'print(1)\n' });
  }
  await mkdir(join(home, 'tools'));
  await writeFile(join(home, 'tools', 'semgrep'), TOOL, { mode: 0o755 });
  const start = () =>
    spawnServer({
      HOME: home,
      PATH: '/usr/bin:/bin',
      SECURESCAN_API_KEY: ENVIRONMENT_KEY,
      // Revoked keys are shown many times, and it would count them as guesses.
      SECURESCAN_AUTH_FAILURES_PER_MIN: '100000',
      SECURESCAN_SCAN_ROOTS: join(home, 'root'),
      SECURESCAN_TOOLS_DIR: join(home, 'tools'),
      SECURESCAN_SCAN_CONCURRENCY: '4',
    });
  const file = join(home, '.securescan', 'scans.db');
  const dice = new Dice(seed);
  const ledger = new Ledger();
  const problems: string[] = [];
  let slowestMs = 0;
  let server = start();
  try {
    let url = await addressOf(server);
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const target = { url, ownerKey: ENVIRONMENT_KEY, directories };
      const writers = new UnrulyWriters(target, ledger, dice).run(WRITERS);
      const killAt = ledger.answers + FIRST_ANSWERS + dice.roll(FURTHER_ANSWERS);
      await Promise.race([writers, until(() => ledger.answers >= killAt)]);
      server.child.kill('SIGKILL');
      await server.exit;
      await writers;
      server = start();
      url = await addressOf(server);
      slowestMs = Math.max(slowestMs, await msUntilAllEnded(url));
      const found = await new AfterCrash({ ...target, url }, ledger).problemsIn(file);
      problems.push(...found.map((problem) => `after kill ${cycle}: ${problem}`));
    }
  } finally {
    await stopServer(server);
    await rm(home, { recursive: true });
  }
  const { scans, keys, answers } = ledger;
  return { problems, slowestMs, scans: scans.size, keys: keys.size, answers };
}

async function msUntilAllEnded(url: string): Promise<number> {
  const cameUpAt = performance.now();
  const count = async (status: string): Promise<number> => {
    const answer = await fetch(`${url}/api/v1/scans?limit=1&status=${status}`, {
      headers: { 'x-api-key': ENVIRONMENT_KEY },
    });
    await answer.text();
    return Number(answer.headers.get('x-total-count'));
  };
  await until(async () => (await count('pending')) + (await count('running')) === 0);
  return performance.now() - cameUpAt;
}
