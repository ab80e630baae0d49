import type {
  BulkDecisionBody,
  BulkDecisionRequestBody,
  FindingCommentBody,
  FindingCommentRequestBody,
  FindingOverviewBody,
  FindingWithStateBody,
  ScanBody,
  ScanEventBody,
  ScannerStatusListBody,
  ScanRequestBody,
  ScanStatus,
  ScanType,
  Severity,
  Verdict,
} from '@securescan/contracts';
import {
  readBulkDecision,
  readComment,
  readFinding,
  readListOf,
  readOverview,
  readScan,
  readScannerStatusList,
} from './answers';
import type { AnswerReader } from './answers';
import { HttpTransport } from './http-transport';
import type { ApiClientOptions, RequestDocument } from './http-transport';
import { ServerProtocolError } from './server-protocol-error';
import { readScanEvents } from './sse-reader';
import type { SseReadOptions } from './sse-reader';
import { wait } from './wait';

/** A report of 100 000 findings has some 200 MB. */
const MOST_REPORT_BYTES = 400_000_000;
const REPORT_WITHIN_MS = 600_000;

export interface ScanQuery {
  readonly status?: ScanStatus;
  readonly project?: string;
  /** Per page. */
  readonly limit?: number;
}

export interface FindingQuery {
  readonly severity?: Severity | readonly Severity[];
  readonly scan_type?: ScanType;
  readonly status?: readonly Verdict[];
  /** Per page. */
  readonly limit?: number;
}

/**
 * The HTTP API of a SecureScan server, typed by the contracts. Every method throws UserError or OperationalError with the
 * server's code; SERVICE_UNAVAILABLE when there is no usable answer.
 */
export class ApiClient {
  private readonly http: HttpTransport;

  constructor(options: ApiClientOptions) {
    this.http = new HttpTransport(options);
  }

  /** Asks for a scan; the answer is its `pending` record. */
  createScan(body: ScanRequestBody): Promise<ScanBody> {
    return this.http.ask({ method: 'POST', path: '/scans', body }, readScan);
  }

  getScan(id: string, signal?: AbortSignal): Promise<ScanBody> {
    return this.http.ask({ method: 'GET', path: scanPath(id) }, readScan, signal);
  }

  /** The JSON report of a completed scan as text; whoever reads it checks it. */
  scanReport(id: string, signal: AbortSignal): Promise<string> {
    return this.http.text(
      { method: 'GET', path: `${scanPath(id)}/report?format=json` },
      { mostBytes: MOST_REPORT_BYTES, withinMs: REPORT_WITHIN_MS },
      signal,
    );
  }

  /** Stores a report or a log of another tool as a completed scan. */
  importScan(
    document: RequestDocument,
    query: { readonly project?: string },
    signal: AbortSignal,
  ): Promise<ScanBody> {
    const path = `/scans/import${queryString(query)}`;
    return this.http.ask({ method: 'POST', path, document }, readScan, signal);
  }

  /** A finding across scans, with the verdicts that hold in the project. */
  findingOverview(
    fingerprint: string,
    query: { readonly project?: string },
    signal: AbortSignal,
  ): Promise<FindingOverviewBody> {
    const path = `/findings/${encodeURIComponent(fingerprint)}${queryString(query)}`;
    return this.http.ask({ method: 'GET', path }, readOverview, signal);
  }

  /** One decision about up to 500 fingerprints. */
  decide(body: BulkDecisionRequestBody, signal: AbortSignal): Promise<BulkDecisionBody> {
    const path = '/findings/state/bulk';
    return this.http.ask({ method: 'POST', path, body }, readBulkDecision, signal);
  }

  comment(
    fingerprint: string,
    body: FindingCommentRequestBody,
    signal: AbortSignal,
  ): Promise<FindingCommentBody> {
    const path = `/findings/${encodeURIComponent(fingerprint)}/comments`;
    return this.http.ask({ method: 'POST', path, body }, readComment, signal);
  }

  /** All scans, newest first, fetched page by page as they are consumed. */
  listScans(query: ScanQuery = {}, signal?: AbortSignal): AsyncGenerator<ScanBody> {
    return this.pages(`/scans${queryString(query)}`, readScan, signal);
  }

  /** All findings of a scan in canonical order, fetched page by page as they are consumed. */
  listFindings(
    scanId: string,
    query: FindingQuery = {},
    signal?: AbortSignal,
  ): AsyncGenerator<FindingWithStateBody> {
    return this.pages(`${scanPath(scanId)}/findings${queryString(query)}`, readFinding, signal);
  }

  cancelScan(id: string): Promise<ScanBody> {
    return this.http.ask({ method: 'POST', path: `${scanPath(id)}/cancel` }, readScan);
  }

  async deleteScan(id: string): Promise<void> {
    await this.http.ask({ method: 'DELETE', path: scanPath(id) }, () => undefined);
  }

  scannerStatus(signal?: AbortSignal): Promise<ScannerStatusListBody> {
    return this.http.ask(
      { method: 'GET', path: '/dashboard/status' },
      readScannerStatusList,
      signal,
    );
  }

  /** The events of a scan until it ends, each once, across reconnections. */
  scanEvents(id: string, options: SseReadOptions): AsyncGenerator<ScanEventBody> {
    const path = `${scanPath(id)}/events`;
    return readScanEvents(
      {
        open: (lastEventId, signal) =>
          this.http.open(
            {
              method: 'GET',
              path,
              headers: {
                Accept: 'text/event-stream',
                ...(lastEventId === null ? {} : { 'Last-Event-ID': lastEventId }),
              },
            },
            signal,
          ),
        wait,
      },
      options,
    );
  }

  private async *pages<T>(
    path: string,
    readItem: AnswerReader<T>,
    signal?: AbortSignal,
  ): AsyncGenerator<T> {
    const readPage = readListOf(readItem);
    for (let at: string | URL | null = path; at !== null;) {
      const page: { answer: readonly T[]; next: URL | null } = await this.http.askForPage(
        { method: 'GET', path: at },
        readPage,
        signal,
      );
      if (page.answer.length === 0 && page.next !== null) {
        // Followed on and on, such pages would never come to an end.
        throw new ServerProtocolError('The server links from an empty page to a next one.');
      }
      yield* page.answer;
      at = page.next;
    }
  }
}

function scanPath(id: string): string {
  return `/scans/${encodeURIComponent(id)}`;
}

function queryString(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value) && value.length > 0) parameters.set(name, value.join(','));
    if (typeof value === 'string' || typeof value === 'number') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
