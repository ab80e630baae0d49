import type {
  FindingWithStateBody,
  ScanBody,
  ScanEventBody,
  ScannerStatusListBody,
  ScanRequestBody,
  ScanStatus,
  ScanType,
  Severity,
} from '@securescan/contracts';
import { readFinding, readListOf, readScan, readScannerStatusList } from './answers';
import type { AnswerReader } from './answers';
import { HttpTransport } from './http-transport';
import type { ApiClientOptions } from './http-transport';
import { ServerProtocolError } from './server-protocol-error';
import { readScanEvents } from './sse-reader';
import type { SseReadOptions } from './sse-reader';

export interface ScanQuery {
  readonly status?: ScanStatus;
  /** Per page. */
  readonly limit?: number;
}

export interface FindingQuery {
  readonly severity?: Severity;
  readonly scan_type?: ScanType;
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

  getScan(id: string): Promise<ScanBody> {
    return this.http.ask({ method: 'GET', path: scanPath(id) }, readScan);
  }

  /** All scans, newest first, fetched page by page as they are consumed. */
  listScans(query: ScanQuery = {}, signal?: AbortSignal): AsyncGenerator<ScanBody> {
    return this.pages(`/scans${queryString(query)}`, readScan, signal);
  }

  /** All findings of a scan in canonical order, fetched page by page as they are consumed. */
  listFindings(scanId: string, query: FindingQuery = {}): AsyncGenerator<FindingWithStateBody> {
    return this.pages(`${scanPath(scanId)}/findings${queryString(query)}`, readFinding);
  }

  cancelScan(id: string): Promise<ScanBody> {
    return this.http.ask({ method: 'POST', path: `${scanPath(id)}/cancel` }, readScan);
  }

  async deleteScan(id: string): Promise<void> {
    await this.http.ask({ method: 'DELETE', path: scanPath(id) }, () => undefined);
  }

  scannerStatus(): Promise<ScannerStatusListBody> {
    return this.http.ask({ method: 'GET', path: '/dashboard/status' }, readScannerStatusList);
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
    if (typeof value === 'string' || typeof value === 'number') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', cancelled, { once: true });
    function done(): void {
      signal.removeEventListener('abort', cancelled);
      resolve();
    }
    function cancelled(): void {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }
  });
}
