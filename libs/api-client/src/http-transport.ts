import type { AnswerReader } from './answers';
import { errorFromAnswer, errorFromFailedRequest } from './api-errors';
import { nextLink } from './link-header';
import { ServerProtocolError } from './server-protocol-error';

export interface ApiClientOptions {
  /** Origin of the server, for instance `http://127.0.0.1:8000`. */
  readonly baseUrl: string;
  /** Sent as `X-API-Key`, to this origin and nowhere else. */
  readonly apiKey?: string;
  /** For one request; 30 s unless told otherwise. */
  readonly timeoutMs?: number;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, or absolute for a page that the server linked to. */
  readonly path: string | URL;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
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
    const limit = AbortSignal.timeout(this.timeoutMs);
    const response = await this.send(
      request,
      signal === undefined ? limit : AbortSignal.any([limit, signal]),
    );
    const body = await this.readBody(response);
    if (!response.ok) throw errorFromAnswer(response.status, body);
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
      if (!response.ok) throw errorFromAnswer(response.status, await this.readBody(response));
      return response;
    } finally {
      clearTimeout(timer);
    }
  }

  private async send(request: ApiRequest, signal: AbortSignal): Promise<Response> {
    const headers = new Headers({ Accept: 'application/json', ...request.headers });
    if (this.options.apiKey !== undefined) headers.set('X-API-Key', this.options.apiKey);
    if (request.body !== undefined) headers.set('Content-Type', 'application/json');
    try {
      return await fetch(this.addressOf(request.path), {
        method: request.method,
        headers,
        signal,
        // A redirect could carry the key to somebody else, and the API has none on these routes.
        redirect: 'error',
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
    } catch (error) {
      // Expected: no server there, a cut connection, the time limit, or the caller's own cancellation.
      throw this.failure(error);
    }
  }

  private async readBody(response: Response): Promise<unknown> {
    let text: string;
    try {
      text = await readText(response);
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

  private failure(error: unknown): unknown {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return errorFromFailedRequest(this.base.origin, this.timeoutMs, error);
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
async function readText(response: Response): Promise<string> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw new ServerProtocolError(
        `The answer is longer than ${MAX_ANSWER_BYTES} bytes. Check that the address is that of a SecureScan server.`,
      );
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
