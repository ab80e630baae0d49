import type { AnswerReader } from './answers';
import { errorFromAnswer, errorFromFailedRequest } from './api-errors';
import { nextLink } from './link-header';
import { retryAfterMs } from './retry-after';
import { ServerProtocolError } from './server-protocol-error';
import { wait } from './wait';

export interface ApiClientOptions {
  /** Origin of the server, for instance `http://127.0.0.1:8000`. */
  readonly baseUrl: string;
  /** Sent as `X-API-Key`, to this origin and nowhere else. */
  readonly apiKey?: string;
  /** For one request; 30 s unless told otherwise. */
  readonly timeoutMs?: number;
  /** How often a request that the server put off is sent again; 0 unless told otherwise. */
  readonly retries?: number;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, or absolute for a page that the server linked to. */
  readonly path: string | URL;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly document?: RequestDocument;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A document as it goes over the wire. */
export interface RequestDocument {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** A page of 200 scans with all that their scanners said stays well below. */
const MAX_ANSWER_BYTES = 67_108_864;

/** Sends requests to one server and turns whatever goes wrong into errors of ours. */
export class HttpTransport {
  private readonly base: URL;
  private readonly timeoutMs: number;

  constructor(private readonly options: ApiClientOptions) {
    this.base = new URL(options.baseUrl);
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** One request, one checked answer. */
  async ask<T>(request: ApiRequest, read: AnswerReader<T>, signal?: AbortSignal): Promise<T> {
    return (await this.askForPage(request, read, signal)).answer;
  }

  /** Like `ask`, with the address of the next page where the answer names one. */
  async askForPage<T>(
    request: ApiRequest,
    read: AnswerReader<T>,
    signal?: AbortSignal,
  ): Promise<{ answer: T; next: URL | null }> {
    const response = await this.sendPatiently(request, signal);
    const body = await this.readBody(response);
    if (!response.ok) throw errorFromAnswer(response, body);
    return { answer: read(body), next: this.nextPage(response) };
  }

  /** Opens a response whose body the caller reads; throws unless it is 2xx. The time limit covers the head only. */
  async open(request: ApiRequest, signal: AbortSignal): Promise<Response> {
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort(new DOMException('No answer in time', 'TimeoutError'));
    }, this.timeoutMs);
    try {
      const response = await this.send(request, AbortSignal.any([limit.signal, signal]));
      if (!response.ok) throw errorFromAnswer(response, await this.readBody(response));
      return response;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The text of an answer that may be long. Rejects when it is longer than that, or takes longer in all. */
  async text(
    request: ApiRequest,
    { mostBytes, withinMs }: { readonly mostBytes: number; readonly withinMs: number },
    signal: AbortSignal,
  ): Promise<string> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
    const response = await this.open(request, limit);
    try {
      return await readText(response, mostBytes);
    } catch (error) {
      if (error instanceof ServerProtocolError) throw error;
      // Expected: the connection broke in the middle, or the answer was too slow.
      throw this.failure(error, withinMs);
    }
  }

  /** Sends it again where the server put it off, as often as was agreed. */
  private async sendPatiently(request: ApiRequest, signal?: AbortSignal): Promise<Response> {
    for (let left = this.options.retries ?? 0; ; left -= 1) {
      const limit = AbortSignal.timeout(this.timeoutMs);
      const response = await this.send(
        request,
        signal === undefined ? limit : AbortSignal.any([limit, signal]),
      );
      const waitMs = left > 0 ? retryAfterMs(response, request.method) : null;
      if (waitMs === null) return response;
      await response.body?.cancel();
      await wait(waitMs, signal ?? new AbortController().signal);
    }
  }

  private async send(request: ApiRequest, signal: AbortSignal): Promise<Response> {
    const headers = new Headers({ Accept: 'application/json', ...request.headers });
    if (this.options.apiKey !== undefined) headers.set('X-API-Key', this.options.apiKey);
    const mediaType = request.body === undefined ? request.document?.mediaType : 'application/json';
    if (mediaType !== undefined) headers.set('Content-Type', mediaType);
    const body =
      request.body === undefined ? request.document?.bytes : JSON.stringify(request.body);
    try {
      return await fetch(this.addressOf(request.path), {
        method: request.method,
        headers,
        signal,
        // A redirect could carry the key to somebody else, and the API has none on these routes.
        redirect: 'error',
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      // Expected: no server there, a cut connection, the time limit, or the caller's own cancellation.
      throw this.failure(error);
    }
  }

  private async readBody(response: Response): Promise<unknown> {
    let text: string;
    try {
      text = await readText(response, MAX_ANSWER_BYTES);
    } catch (error) {
      if (error instanceof ServerProtocolError) throw error;
      // Expected: the connection broke in the middle of the answer.
      throw this.failure(error);
    }
    try {
      return text === '' ? null : (JSON.parse(text) as unknown);
    } catch {
      // Expected: a proxy's page. The reader of the answer says what is wrong with it.
      return text;
    }
  }

  private failure(error: unknown, timeoutMs = this.timeoutMs): unknown {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return errorFromFailedRequest(this.base.origin, timeoutMs, error);
  }

  private addressOf(path: string | URL): URL {
    if (path instanceof URL) return path;
    const prefix = this.base.pathname.replace(/\/+$/, '');
    return new URL(`${prefix}/api/v1${path}`, this.base.origin);
  }

  private nextPage(response: Response): URL | null {
    const target = nextLink(response.headers.get('Link'));
    if (target === null) return null;
    const next = URL.canParse(target, response.url) ? new URL(target, response.url) : null;
    if (next?.origin !== this.base.origin) {
      throw new ServerProtocolError(
        'The server links to a next page on another server; it was not followed.',
      );
    }
    return next;
  }
}

/** The text of an answer. Throws ServerProtocolError when it does not end where an answer of ours would have. */
async function readText(response: Response, mostBytes: number): Promise<string> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new ServerProtocolError(
        `The answer is longer than ${mostBytes} bytes. Check that the address is that of a SecureScan server.`,
      );
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
