import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export const HEAD = '2'.repeat(40);
export const REPOSITORY = 'octo/shop';
export const PULL = 7;

export interface StoredComment {
  id: number;
  body: string | null;
  user: { login: string; type: string } | null;
  path?: string;
  line?: number | null;
  commit_id?: string;
  in_reply_to_id?: number;
  state?: string;
}

/** An answer in place of the one that would come; a body that is cut off where `isCut`. */
export interface Fault {
  readonly on: RegExp;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly isCut?: true;
  /** Done all the same. */
  readonly isLate?: true;
  times: number;
}

type Json = Record<string, unknown>;
type Answer = [status: number, body: unknown, headers?: Record<string, string>];
interface Call {
  readonly path: string;
  readonly address: URL;
  readonly body: Json;
}

const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const PULL_PATH = `/pulls/${String(PULL)}`;
const ISSUE_PATH = `/issues/${String(PULL)}`;
/** What GitHub takes for a body. */
const MOST_CHARACTERS = 65_536;

function fail(
  response: ServerResponse,
  { isCut, status = 500, headers, message = '' }: Fault,
): void {
  if (isCut === true) response.writeHead(200).end('[{"id": 1, "bo');
  else response.writeHead(status, headers).end(JSON.stringify({ message }));
}

/** GitHub's API for one pull request, as its documentation says that it behaves. */
export class GitHubServer {
  readonly requests: string[] = [];
  readonly issueComments: StoredComment[] = [];
  readonly lineComments: StoredComment[] = [];
  readonly reviews: StoredComment[] = [];
  readonly uploads: { ref: string; commit: string; sarif: Json }[] = [];
  readonly faults: Fault[] = [];
  /** Of the pull request. */
  head = HEAD;
  /** Lines that the pull request shows; `null` for all. */
  shown: readonly number[] | null = null;
  isReadOnly = false;
  /** Answers to questions about an upload, the last one again and again. */
  uploadStates: Json[] = [{ processing_status: 'complete' }];
  private ids = 1_000;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Requests that change something, since the log was last read. */
  takeWrites(): readonly string[] {
    return this.requests
      .splice(0)
      .filter((line) => !line.startsWith('GET ') && !line.endsWith('/graphql'));
  }

  add(list: StoredComment[], comment: Partial<StoredComment>): StoredComment {
    const added = { id: (this.ids += 1), body: '', user: BOT, ...comment };
    list.push(added);
    return added;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += String(piece);
    const method = request.method ?? '';
    const address = new URL(request.url ?? '/', this.url);
    const page = address.searchParams.get('page');
    const line = `${method} ${address.pathname}${page === null ? '' : `?page=${page}`}`;
    this.requests.push(line);
    const fault = this.faults.find(({ on, times }) => times > 0 && on.test(line));
    if (fault !== undefined) fault.times -= 1;
    if (fault !== undefined && fault.isLate !== true) {
      fail(response, fault);
      return;
    }
    const body = text === '' ? {} : (JSON.parse(text) as Json);
    const [status, answer, headers] = this.decide(method, address, body);
    // Done, and nobody learns of it.
    if (fault !== undefined) response.destroy();
    else response.writeHead(status, headers).end(answer === null ? '' : JSON.stringify(answer));
  }

  private decide(method: string, address: URL, body: Json): Answer {
    const path = address.pathname.replace(`/repos/${REPOSITORY}`, '');
    if (path === '/graphql') return [200, { data: { viewer: { login: BOT.login } } }];
    if (method !== 'GET' && this.isReadOnly) {
      return [403, { message: 'Resource not accessible by integration' }];
    }
    const text = body['body'];
    if (typeof text === 'string' && text.length > MOST_CHARACTERS) {
      return [422, { message: 'Validation Failed', errors: [{ message: 'body is too long' }] }];
    }
    const route = `${method} ${path.replace(/\/\d{4,}/, '/ID')}`;
    const handler = this.routes[route];
    return handler?.({ path, address, body }) ?? [404, { message: 'Not Found' }];
  }

  private readonly routes: Readonly<Record<string, (call: Call) => Answer>> = {
    [`GET ${PULL_PATH}`]: () => [200, { number: PULL, head: { sha: this.head } }],
    [`GET ${ISSUE_PATH}/comments`]: ({ address }) => this.page(this.issueComments, address),
    [`GET ${PULL_PATH}/comments`]: ({ address }) => this.page(this.lineComments, address),
    [`GET ${PULL_PATH}/reviews`]: ({ address }) => this.page(this.reviews, address),
    [`POST ${ISSUE_PATH}/comments`]: ({ body }) => [
      201,
      this.add(this.issueComments, { body: String(body['body']) }),
    ],
    'PATCH /issues/comments/ID': ({ path, body }) => this.edit(this.issueComments, path, body),
    'PATCH /pulls/comments/ID': ({ path, body }) => this.edit(this.lineComments, path, body),
    'DELETE /issues/comments/ID': ({ path }) => {
      const place = this.issueComments.findIndex(({ id }) => path.endsWith(`/${String(id)}`));
      this.issueComments.splice(place, 1);
      return [204, null];
    },
    [`POST ${PULL_PATH}/reviews`]: ({ body }) => this.review(body),
    [`POST ${PULL_PATH}/comments`]: ({ body }) =>
      this.isPlaced(body, body['commit_id'])
        ? [201, this.placed(body)]
        : [422, { message: 'Validation Failed', errors: [{ message: 'line is not in the diff' }] }],
    [`PUT ${PULL_PATH}/reviews/ID/dismissals`]: ({ path }) => {
      const review = this.reviews.find(({ id }) => path.includes(`/${String(id)}/`));
      if (review !== undefined) review.state = 'DISMISSED';
      return [200, review ?? null];
    },
    'POST /code-scanning/sarifs': ({ body }) => {
      const log = gunzipSync(Buffer.from(String(body['sarif']), 'base64')).toString();
      this.uploads.push({
        ref: String(body['ref']),
        commit: String(body['commit_sha']),
        sarif: JSON.parse(log) as Json,
      });
      return [202, { id: 'upload-1', url: `${this.url}/x` }];
    },
    'GET /code-scanning/sarifs/upload-1': () => {
      const [state, ...later] = this.uploadStates;
      if (later.length > 0) this.uploadStates = later;
      return [200, state];
    },
  };

  private page(list: readonly StoredComment[], address: URL): Answer {
    const size = Math.min(100, Number(address.searchParams.get('per_page') ?? 30));
    const number = Number(address.searchParams.get('page') ?? 1);
    const next = new URL(address);
    next.searchParams.set('page', String(number + 1));
    const isLast = number * size >= list.length;
    return [
      200,
      list.slice((number - 1) * size, number * size),
      isLast ? {} : { Link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` },
    ];
  }

  private edit(list: readonly StoredComment[], path: string, body: Json): Answer {
    const comment = list.find(({ id }) => path.endsWith(`/${String(id)}`));
    if (comment === undefined) return [404, { message: 'Not Found' }];
    // GitHub keeps the line ends of forms.
    comment.body = String(body['body']).replaceAll('\n', '\r\n');
    return [200, comment];
  }

  private review(body: Json): Answer {
    const comments = body['comments'] as Json[] | undefined;
    if (!(comments ?? []).every((comment) => this.isPlaced(comment, body['commit_id']))) {
      return [422, { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] }];
    }
    for (const comment of comments ?? []) this.placed({ ...comment, commit_id: body['commit_id'] });
    const state = body['event'] === 'REQUEST_CHANGES' ? 'CHANGES_REQUESTED' : 'COMMENTED';
    return [200, this.add(this.reviews, { body: String(body['body']), state })];
  }

  private isPlaced(comment: Json, commit: unknown): boolean {
    const isShown = this.shown === null || this.shown.includes(Number(comment['line']));
    return commit === this.head && isShown && comment['side'] === 'RIGHT';
  }

  private placed(comment: Json): StoredComment {
    return this.add(this.lineComments, {
      body: String(comment['body']),
      path: String(comment['path']),
      line: Number(comment['line']),
      commit_id: String(comment['commit_id']),
    });
  }
}
