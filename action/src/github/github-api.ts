import { listOf, objectOf, textOf } from '@securescan/core';
import { GitHubError, type Refusal } from './github-error';
import { nextPage } from './next-page';
import { pauseMs } from './pauses';

/** Time as the API client sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export interface GitHubOptions {
  /** For instance `https://api.github.com`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly clock: Clock;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 20_000_000;
const MOST_PAGES = 100;
const MOST_TRIES = 4;
const RETRY_MS = 1_000;
/** GitHub asks for a second between two writes; that also stays below 80 a minute. */
const BETWEEN_WRITES_MS = 1_000;
/** A share of the 500 an hour that all jobs have together: GitHub alone can count them, and its refusals are obeyed. */
const MOST_WRITES = 60;
/** In all of one run; then the next run goes on. */
const PATIENCE_MS = 180_000;

/**
 * GitHub's REST API, one request after the other. Waits as GitHub asks, repeats what can be repeated without being done twice,
 * and rejects with GitHubError for everything else.
 */
export class GitHubApi {
  private patience = PATIENCE_MS;
  private writes = 0;
  private lastWrite = Number.NEGATIVE_INFINITY;
  private readonly base: URL;

  constructor(private readonly options: GitHubOptions) {
    this.base = new URL(options.apiUrl);
  }

  async get(path: string): Promise<unknown> {
    return (await this.send('GET', this.addressOf(path))).body;
  }

  /** All items of a list, whatever number of pages they take. */
  async list(path: string): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    let page: URL | null = this.addressOf(`${path}${path.includes('?') ? '&' : '?'}per_page=100`);
    for (let count = 0; page !== null; count += 1) {
      if (count === MOST_PAGES) throw new GitHubError('failed', `${path} has too many pages.`);
      const { body, headers }: Answer = await this.send('GET', page);
      if (!Array.isArray(body)) throw new GitHubError('failed', `GitHub gave no list for ${path}.`);
      items.push(...listOf(body));
      page = nextPage(headers.get('Link'), this.base);
    }
    return items;
  }

  /** Asks GraphQL at its own address, which changes nothing. */
  async query(address: string, query: string): Promise<unknown> {
    return (await this.send('POST', new URL(address), { query })).body;
  }

  /** Changes something, at GitHub's pace. Nothing that may have been done is sent again. */
  async write(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<unknown> {
    if (this.writes === MOST_WRITES) {
      throw new GitHubError(
        'rate-limited',
        `${String(MOST_WRITES)} changes are enough for one run; the next one goes on.`,
      );
    }
    this.writes += 1;
    const early = this.lastWrite + BETWEEN_WRITES_MS - this.options.clock.now();
    if (early > 0) await this.options.clock.wait(early);
    try {
      return (await this.send(method, this.addressOf(path), body)).body;
    } finally {
      this.lastWrite = this.options.clock.now();
    }
  }

  private async send(method: Method, address: URL, body?: unknown): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.once(method, address, body);
      if (!(answer instanceof GitHubError) && answer.status < 300) return answer;
      const pause = this.pauseBefore(method, answer);
      if (pause === null || attempt === MOST_TRIES || pause > this.patience) {
        throw answer instanceof GitHubError ? answer : refused(answer, this.options.clock.now());
      }
      this.patience -= pause;
      await this.options.clock.wait(pause);
    }
  }

  /** Before the same request makes sense again; `null` where it never does. */
  private pauseBefore(method: Method, answer: Answer | GitHubError): number | null {
    const isRepeatable = method === 'GET' || method === 'PATCH';
    if (answer instanceof GitHubError) return isRepeatable ? RETRY_MS : null;
    const { status, headers, body } = answer;
    if (status >= 500) return isRepeatable ? RETRY_MS : null;
    return pauseMs({ status, headers, message: messageOf(body) }, this.options.clock.now());
  }

  private async once(method: Method, address: URL, body: unknown): Promise<Answer | GitHubError> {
    try {
      const response = await fetch(address, {
        method,
        headers: {
          Accept: 'application/vnd.github+json',
          Authorization: `Bearer ${this.options.token}`,
          'User-Agent': 'securescan-action',
          'X-GitHub-Api-Version': '2022-11-28',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        // A repository that was renamed answers reads with its new address.
        redirect: method === 'GET' ? 'follow' : 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: await bodyOf(response) };
    } catch (error) {
      if (error instanceof GitHubError) return error;
      // Expected: no network, a cut connection, or the time limit.
      return new GitHubError('failed', `${this.base.host} gave no answer.`, null, error);
    }
  }

  private addressOf(path: string): URL {
    return new URL(`${this.base.pathname.replace(/\/+$/, '')}${path}`, this.base.origin);
  }
}

/** An answer that was cut off is no answer: an empty list would look like a page without comments. */
async function bodyOf(response: Response): Promise<unknown> {
  const length = Number(response.headers.get('Content-Length') ?? 0);
  if (length > MOST_BYTES) throw new GitHubError('failed', 'GitHub gave an answer without end.');
  const text = await response.text();
  if (text.length > MOST_BYTES)
    throw new GitHubError('failed', 'GitHub gave an answer without end.');
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Expected: the page of a proxy, or half an answer.
    if (!response.ok) return { message: text.slice(0, 200) };
    throw new GitHubError('failed', 'GitHub gave half an answer.', response.status, error);
  }
}

function refused({ status, headers, body }: Answer, now: number): GitHubError {
  const isLimit = pauseMs({ status, headers, message: messageOf(body) }, now) !== null;
  const errors = listOf(objectOf(body)['errors']).map(
    (error) => textOf(error) ?? textOf(objectOf(error)['message']) ?? '',
  );
  const words = [messageOf(body), ...errors.filter((word) => word !== '')].join(' ').trim();
  return new GitHubError(
    isLimit ? 'rate-limited' : refusalOf(status),
    `GitHub answered ${String(status)}: ${words.slice(0, 500) || 'no reason given'}`,
    status,
  );
}

function refusalOf(status: number): Refusal {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  return status === 422 ? 'invalid' : 'failed';
}

function messageOf(body: unknown): string {
  return textOf(objectOf(body)['message']) ?? '';
}
