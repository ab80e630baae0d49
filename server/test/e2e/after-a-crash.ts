import type { ScanBody, ScanEventName, ScanStatus } from '@securescan/contracts';
import type { DataSource } from 'typeorm';
import { verifyAudit } from '../../src/admin/audit-verify.command';
import { openForReading } from '../../src/platform/embedded/sqlite-database';
import { framesOf } from './sse-client';
import type { KnownKey, KnownScan, Ledger, Target } from './unruly-writers';

const END_OF: Readonly<Partial<Record<ScanStatus, ScanEventName>>> = {
  completed: 'scan.complete',
  failed: 'scan.failed',
  cancelled: 'scan.cancelled',
};
const ENDS = `('scan.complete', 'scan.failed', 'scan.cancelled')`;
const STREAMS_READ = 3;

/** What must find nothing once a server has come up again. */
const QUERIES = {
  'events with a gap':
    'SELECT scan_id FROM scan_events GROUP BY scan_id HAVING COUNT(*) <> MAX(seq)',
  'scans with another number of ends than one': `SELECT id FROM scans WHERE hidden_at IS NULL AND 1 <>
    (SELECT COUNT(*) FROM scan_events WHERE scan_id = scans.id AND event IN ${ENDS})`,
  'findings of scans without a result': `SELECT findings.id FROM findings JOIN scans ON scans.id = scan_id
    WHERE status <> 'completed'`,
  'bills that nobody finished': 'SELECT id FROM sbom_documents WHERE is_published = 0',
  'parts of bills that are not there':
    'SELECT sbom_id FROM sbom_parts WHERE sbom_id NOT IN (SELECT id FROM sbom_documents)',
  'scans that miscount their findings': `SELECT id FROM scans WHERE status = 'completed' AND hidden_at IS NULL
    AND findings_count + suppressed_count <> (SELECT COUNT(*) FROM findings WHERE scan_id = scans.id)`,
  'scans whose end was not told exactly once': `SELECT id FROM scans WHERE hidden_at IS NULL
    AND (status = 'failed' OR status = 'completed' AND findings_count > 0) <>
      (SELECT COUNT(*) FROM notifications WHERE scan_id = scans.id AND type IN ('scan.failed', 'scan.complete'))`,
  'scans whose end is not in line for each webhook exactly once': `SELECT scans.id, status, told.event FROM scans
    JOIN webhooks ON webhooks.created_at < scans.created_at
    LEFT JOIN (SELECT webhook_id, json_extract(payload_json, '$.data.scan_id') AS scan_id, event, COUNT(*) AS count
      FROM webhook_deliveries WHERE event IN ('scan.complete', 'scan.failed') GROUP BY webhook_id, scan_id) AS told
      ON told.webhook_id = webhooks.id AND told.scan_id = scans.id
    WHERE hidden_at IS NULL AND (COALESCE(told.count, 0) <> (status IN ('completed', 'failed'))
      OR (told.event = 'scan.failed') <> (status = 'failed'))`,
};

interface LastEvent {
  readonly id: string;
  readonly status: ScanStatus;
  readonly last: string | null;
}

/** Looks for everything that a crash could have left half done; each finding is a sentence. */
export class AfterCrash {
  private readonly problems: string[] = [];

  constructor(
    private readonly target: Target,
    private readonly ledger: Ledger,
  ) {}

  async problemsIn(file: string): Promise<readonly string[]> {
    const database = await openForReading(file);
    try {
      await this.inDatabase(database);
    } finally {
      await database.destroy();
    }
    for (const [id, scan] of this.ledger.scans) await this.ofScan(id, scan);
    for (const [id, key] of this.ledger.keys) await this.ofKey(id, key);
    await this.ofStreams();
    await this.ofDeletion();
    return this.problems;
  }

  private async inDatabase(database: DataSource): Promise<void> {
    const integrity: unknown = await database.query('PRAGMA integrity_check');
    if (JSON.stringify(integrity) !== '[{"integrity_check":"ok"}]') {
      this.problems.push(`integrity_check says ${JSON.stringify(integrity)}`);
    }
    const broken = await database.query<object[]>('PRAGMA foreign_key_check');
    if (broken.length > 0) this.problems.push(`foreign keys: ${JSON.stringify(broken)}`);
    for (const [what, sql] of Object.entries(QUERIES)) {
      const rows = await database.query<object[]>(sql);
      if (rows.length > 0) this.problems.push(`${what}: ${JSON.stringify(rows)}`);
    }
    const scans = await database.query<
      LastEvent[]
    >(`SELECT id, status, (SELECT event FROM scan_events
      WHERE scan_id = scans.id ORDER BY seq DESC LIMIT 1) AS last FROM scans WHERE hidden_at IS NULL`);
    for (const { id, status, last } of scans) {
      if (last !== END_OF[status]) this.problems.push(`${id} is ${status} and ends with ${last}`);
    }
    const { chains } = await verifyAudit(database, []);
    for (const { problem } of chains) {
      if (problem !== null) this.problems.push(`the audit log is broken: ${problem.detail}`);
    }
  }

  private async ofScan(id: string, scan: KnownScan): Promise<void> {
    const answer = await this.ask(`/scans/${id}`);
    const found = answer.status === 404 ? 'deleted' : ((await answer.json()) as ScanBody).status;
    const state = found === 'deleted' || found === 'cancelled' ? found : 'there';
    if (state !== scan.is && state !== scan.maybe) {
      this.problems.push(`the scan ${id} was ${scan.is} and now is ${found}`);
    }
    scan.is = state;
    scan.maybe = null;
  }

  private async ofKey(id: string, key: KnownKey): Promise<void> {
    const { status } = await this.ask('/session', { key: key.key });
    const state = status === 200 ? 'working' : 'revoked';
    if ((status !== 200 && status !== 401) || (state !== key.is && state !== key.maybe)) {
      this.problems.push(`the key ${id} was ${key.is} and now is answered ${status}`);
    }
    key.is = state;
    key.maybe = null;
  }

  private async ofStreams(): Promise<void> {
    for (const id of this.idsThere().slice(-STREAMS_READ)) {
      const text = await (await this.ask(`/scans/${id}/events`)).text();
      const last = framesOf(text).at(-1)?.event;
      if (last === undefined || !Object.values(END_OF).includes(last)) {
        this.problems.push(`the stream of ${id} ended with ${String(last)}`);
      }
    }
  }

  private async ofDeletion(): Promise<void> {
    const id = this.idsThere()[0];
    if (id === undefined) return;
    const { status } = await this.ask(`/scans/${id}`, { method: 'DELETE' });
    if (status !== 204) this.problems.push(`to delete ${id} was answered ${status}`);
    this.ledger.scans.set(id, { is: 'deleted', maybe: null });
  }

  private idsThere(): string[] {
    return [...this.ledger.scans].filter(([, { is }]) => is !== 'deleted').map(([id]) => id);
  }

  private ask(
    path: string,
    { method = 'GET', key = this.target.ownerKey }: { method?: string; key?: string } = {},
  ): Promise<Response> {
    return fetch(`${this.target.url}/api/v1${path}`, { method, headers: { 'x-api-key': key } });
  }
}
