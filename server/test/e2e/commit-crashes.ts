import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScanBody, WEBHOOK_EVENTS } from '@securescan/contracts';
import { until } from '../support/until';
import { AfterCrash } from './after-a-crash';
import { ENVIRONMENT_KEY } from './auth-server';
import { addressOf, type ServerProcess, spawnServer, stopServer } from './built-server';
import { Ledger } from './unruly-writers';

const KILLER = join(__dirname, '../support/kill-at-statement.cjs');
const HEADERS = { 'x-api-key': ENVIRONMENT_KEY, 'content-type': 'application/json' };
const RESULT = { ruleId: 'R1', level: 'error', message: { text: 'A defect.' } };
const SARIF = {
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Checker' } }, results: [RESULT] }],
};

/** A server of its own, with a webhook to which nothing gets through. */
export class CrashingServer {
  private server: ServerProcess | undefined;

  private constructor(private readonly home: string) {}

  static async make(): Promise<CrashingServer> {
    const home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-commits-')));
    const made = new CrashingServer(home);
    const url = await made.start();
    await subscribeNobody(url, HEADERS);
    return made;
  }

  /** Lets it die before the n-th statement that follows the change of a scan's status. @returns whether it died. */
  async diesAt(statement: number): Promise<boolean> {
    await this.stop();
    const url = await this.start({
      NODE_OPTIONS: `--require ${KILLER}`,
      KILL_AT_STATEMENT: String(statement),
    });
    const exit = this.server?.exit;
    const sent = { method: 'POST', headers: HEADERS, body: JSON.stringify(SARIF) };
    const answered = fetch(`${url}/api/v1/scans/import?project=shop`, sent).then(
      (answer) => answer.ok,
      () => false,
    );
    if (await answered) return false;
    await exit;
    return true;
  }

  /** What a start after it finds. */
  async problems(): Promise<readonly string[]> {
    await this.stop();
    const url = await this.start();
    await until(async () => {
      const answer = await fetch(`${url}/api/v1/scans?limit=200`, { headers: HEADERS });
      const scans = (await answer.json()) as ScanBody[];
      return scans.every(({ status }) => status === 'completed' || status === 'failed');
    });
    const target = { url, ownerKey: ENVIRONMENT_KEY, directories: [] };
    return new AfterCrash(target, new Ledger()).problemsIn(join(this.home, 'scans.db'));
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true });
  }

  private async start(more: Readonly<Record<string, string>> = {}): Promise<string> {
    this.server = spawnServer({
      HOME: this.home,
      PATH: '/usr/bin:/bin',
      SECURESCAN_API_KEY: ENVIRONMENT_KEY,
      SECURESCAN_DB_PATH: join(this.home, 'scans.db'),
      SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
      ...more,
    });
    return addressOf(this.server);
  }

  private async stop(): Promise<void> {
    if (this.server !== undefined) await stopServer(this.server);
    this.server = undefined;
  }
}

/** A webhook to a port on which nobody listens. */
export async function subscribeNobody(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const body = JSON.stringify({
    name: 'nobody',
    url: 'http://127.0.0.1:9/',
    event_filter: WEBHOOK_EVENTS,
  });
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  };
  const answer = await fetch(`${url}/api/v1/webhooks`, sent);
  if (!answer.ok) throw new Error(`The webhook was refused: ${await answer.text()}`);
}
