import { OperationalError } from '@securescan/core';
import type { HttpAnswer } from '../../ports';
import type { InspectContext } from '../../scanner';
import { FOREIGN_ORIGIN } from './cors';
import { hostOf } from './hosts';
import { redirectOf } from './page';
import { httpUrl, shorten, shownUrl } from './shown-url';

const MAX_HOPS = 10;
const HOP_TIMEOUT_MS = 20_000;
const MAX_BODY_BYTES = 2_000_000;
const MAX_ADDRESSES = 3;
const HEADERS = {
  'user-agent': 'SecureScan',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'identity',
} as const;

/** One request and what came back. */
export interface Hop {
  readonly url: URL;
  readonly answer: HttpAnswer;
  /** Where it leads, followed or not; `null` where it leads nowhere that http reaches. */
  readonly next: URL | null;
}

export interface Visit {
  readonly hops: readonly Hop[];
  /** The last answer is a redirect that was not followed: what stands behind it is not known. */
  readonly isElsewhere: boolean;
  /** Headers of the answer to a request that another site could have caused; `null` where there was none. */
  readonly foreign: HttpAnswer['headers'] | null;
  readonly notes: readonly string[];
}

type VisitContext = Pick<InspectContext, 'machine' | 'options' | 'signal'>;

/** Why a host may not be connected to. */
export interface Refusal {
  readonly refused: string;
}

/**
 * Asks for the target and follows its redirects, one request for each, to hosts that the operator admits (D32), and asks once
 * more as a foreign site would. Rejects with OperationalError where one of them does not answer.
 */
export async function visit(target: URL, context: VisitContext): Promise<Visit | Refusal> {
  const visitor = new Visitor(context);
  const first = await visitor.ask(target);
  if ('refused' in first) return first;
  const hops = [hopOf(target, first)];
  const stopped = await follow(visitor, hops);
  const last = hops.at(-1);
  const isElsewhere = stopped !== null;
  const foreign = last === undefined || isElsewhere ? null : await askAsForeigner(visitor, last);
  const notes = [
    `requested ${hops.map(({ url }) => shownUrl(url)).join(', then ')} (${hops.length} ${hops.length === 1 ? 'hop' : 'hops'})`,
    ...(stopped === null ? [] : [stopped]),
    ...(foreign?.notes ?? []),
  ];
  return { hops, isElsewhere, foreign: foreign?.headers ?? null, notes };
}

/** Adds hop after hop. Gives the reason why a redirect was not followed, or `null` where the last answer is none. */
async function follow(visitor: Visitor, hops: Hop[]): Promise<string | null> {
  for (let last = hops.at(-1); last !== undefined; last = hops.at(-1)) {
    const { answer, next } = last;
    if (redirectOf(answer) === null) return null;
    if (next === null) return `the redirect of ${shownUrl(last.url)} leads to no http address`;
    const place = shownUrl(next);
    if (hops.some(({ url }) => url.href === next.href)) {
      return `the redirects lead back to ${place}, and were followed no further (no cookies are sent along)`;
    }
    if (hops.length > MAX_HOPS)
      return `more than ${MAX_HOPS} redirects; ${place} was not requested`;
    const reply = await visitor.ask(next);
    if ('refused' in reply) return `the redirect to ${place} was not followed: ${reply.refused}`;
    hops.push(hopOf(next, reply));
  }
  return null;
}

function hopOf(url: URL, answer: HttpAnswer): Hop {
  const location = redirectOf(answer);
  return { url, answer, next: location === null ? null : withoutExtras(httpUrl(location, url)) };
}

/** The page has answered already: where this one request fails, its own check alone is missing. */
async function askAsForeigner(
  visitor: Visitor,
  { url }: Hop,
): Promise<{ headers: HttpAnswer['headers'] | null; notes: string[] }> {
  try {
    const reply = await visitor.ask(url, { origin: FOREIGN_ORIGIN });
    if (!('refused' in reply)) return { headers: reply.headers, notes: [] };
    return {
      headers: null,
      notes: [`its answer to foreign sites was not judged: ${reply.refused}`],
    };
  } catch (error) {
    // Expected: a server that limits requests, or went away in between.
    if (!(error instanceof OperationalError)) throw error;
    return {
      headers: null,
      notes: [`its answer to foreign sites was not judged: ${error.message}`],
    };
  }
}

/** User, password and fragment are no part of what is asked for. */
export function withoutExtras(url: URL | null): URL | null {
  if (url === null) return null;
  const plain = new URL(url.href);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  return plain;
}

class Visitor {
  constructor(private readonly context: VisitContext) {}

  /** Admits the host anew each time, and connects to an address that was admitted: its name may lead elsewhere by then. */
  async ask(url: URL, extra: Readonly<Record<string, string>> = {}): Promise<HttpAnswer | Refusal> {
    const { machine, options } = this.context;
    const admission = await machine.network.admit(hostOf(url), options.tools?.networkTargets ?? []);
    if ('refused' in admission) return { refused: shorten(admission.refused) };
    const addresses = admission.addresses.slice(0, MAX_ADDRESSES);
    let failure: unknown = new OperationalError(
      'SERVICE_UNAVAILABLE',
      `${url.host} has no address`,
    );
    for (const address of addresses) {
      try {
        return await this.send(url, address, extra);
      } catch (error) {
        // Expected: a name with several addresses of which one is out of order.
        this.context.signal.throwIfAborted();
        failure = error;
      }
    }
    throw failure;
  }

  private send(
    url: URL,
    address: string,
    extra: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    return this.context.machine.http.send({
      method: 'GET',
      url: url.href,
      address,
      headers: { ...HEADERS, ...extra },
      allowsBadCertificate: true,
      timeoutMs: HOP_TIMEOUT_MS,
      maxBodyBytes: MAX_BODY_BYTES,
      signal: this.context.signal,
    });
  }
}
