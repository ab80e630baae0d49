import type { OnApplicationShutdown } from '@nestjs/common';
import { deliveryHeaders, problemOfCustomHeader } from '@securescan/core';
import { EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { WebhooksConfig } from '../../config/webhooks.config';
import type { Clock } from '../../ports/clock.port';
import {
  WebhookSender,
  type WebhookAnswer,
  type WebhookMessage,
} from '../../ports/webhook-sender.port';
import { AddressPolicy } from './address-policy';
import { answerText, MOST_ANSWER_BYTES } from './answer-text';
import {
  checkedAddresses,
  checkedConnector,
  RefusedAddressError,
  sharedLookups,
  type Resolve,
} from './checked-connector';
import { failureText } from './failure-text';
import { hostOf, problemOfUrl } from './webhook-url';

/** From looking up the name to the last byte of the answer that is read. */
const DEADLINE_MS = 15_000;
/** Of the deadline, for a lookup that the proxy will make again: 2 seconds. */
const LOOKUP_PART = 2 / 15;
/** Shorter than any receiver's, so that none closes a connection that is just being used again. */
const IDLE_MS = 1000;
/** To one origin. More than are ever sent at a time: one that hangs must not make another wait. */
const MOST_CONNECTIONS = 256;
const MOST_HEADER_BYTES = 16 * 1024;
/** With a digit, or longer than words are. */
const LIKE_A_TOKEN = /\d|^.{16}/u;

export interface SenderSurroundings {
  readonly config: WebhooksConfig;
  readonly clock: Clock;
  readonly toolVersion: string;
  /** Default: the system. */
  readonly resolve?: Resolve;
  /** Certificates (PEM) that are trusted in place of Node's own list. */
  readonly authorities?: readonly string[];
  /** Default: 15 s. */
  readonly deadlineMs?: number;
}

/** We gave up; its message is a whole sentence. */
class CutShortError extends TypeError {}

/** Sends over connections to addresses that were checked (ADR 0043), follows nothing and reads little. */
export class UndiciWebhookSender extends WebhookSender implements OnApplicationShutdown {
  private readonly policy: AddressPolicy;
  private readonly check: (host: string) => Promise<readonly string[]>;
  private readonly agent: EnvHttpProxyAgent;
  private readonly running = new Set<AbortController>();
  private readonly deadlineMs: number;

  constructor(private readonly around: SenderSurroundings) {
    super();
    const { config, authorities } = around;
    this.deadlineMs = around.deadlineMs ?? DEADLINE_MS;
    this.policy = new AddressPolicy(config.allowedRanges);
    const resolve = sharedLookups(around.resolve);
    this.check = (host) => checkedAddresses(host, { policy: this.policy, resolve });
    const tls = authorities === undefined ? {} : { ca: [...authorities] };
    const connecting = { timeout: this.deadlineMs, allowH2: false, ...tls };
    this.agent = new EnvHttpProxyAgent({
      // Empty for none: it would read the environment by itself.
      httpsProxy: config.httpsProxy ?? '',
      httpProxy: config.httpProxy ?? '',
      noProxy: config.noProxy,
      // For what goes by no proxy; the operator's own proxy may be anywhere.
      connect: checkedConnector(this.check, connecting),
      requestTls: tls,
      allowH2: false,
      connections: MOST_CONNECTIONS,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: this.deadlineMs,
      bodyTimeout: this.deadlineMs,
    });
  }

  problemOfUrl(url: string): string | null {
    return problemOfUrl(url, this.policy);
  }

  async send(message: WebhookMessage): Promise<WebhookAnswer> {
    const problem = this.problemOfUrl(message.url);
    if (problem !== null) return noAnswer(`The URL ${problem}.`);
    const url = new URL(message.url);
    const ending = new AbortController();
    const timer = setTimeout(() => {
      const seconds = this.deadlineMs / 1000;
      ending.abort(new CutShortError(`${url.host} did not answer within ${seconds} s.`));
    }, this.deadlineMs);
    this.running.add(ending);
    try {
      return await this.exchange(url, message, ending.signal);
    } catch (error) {
      if (error instanceof CutShortError) return noAnswer(error.message);
      return noAnswer(failureText({ host: url.host, hasProxy: this.hasProxy() }, error));
    } finally {
      clearTimeout(timer);
      this.running.delete(ending);
    }
  }

  /** What is still on its way ends at once: its delivery is sent again after the next start. */
  async onApplicationShutdown(): Promise<void> {
    const why = 'The server was stopped before the receiver had answered.';
    for (const ending of this.running) ending.abort(new CutShortError(why));
    await this.agent.destroy();
  }

  private async exchange(
    url: URL,
    message: WebhookMessage,
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    const { statusCode, headers, body } = await Promise.race([
      this.request(url, message, signal),
      rejectionBy(signal),
    ]);
    const bytes = await beginningOf(body);
    return {
      responseCode: statusCode,
      retryAfter: firstOf(headers['retry-after']),
      responseBody: isEncoded(headers) ? null : answerText(bytes, secretsIn(url, message)),
      error: null,
    };
  }

  private async request(
    url: URL,
    message: WebhookMessage,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    if (this.hasProxy()) await this.checkBehindProxy(hostOf(url));
    return this.agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: this.headersOf(message),
      body: Buffer.from(message.body, 'utf8'),
      signal,
    });
  }

  private hasProxy(): boolean {
    const { httpsProxy, httpProxy } = this.around.config;
    return httpsProxy !== null || httpProxy !== null;
  }

  /**
   * The proxy looks the name up itself; what we know of it is refused all the same. Where nobody answers us in time, as in networks
   * in which the proxy alone knows the world, we know nothing.
   */
  private async checkBehindProxy(host: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resume) => {
      timer = setTimeout(resume, this.deadlineMs * LOOKUP_PART);
    });
    try {
      await Promise.race([this.check(host), enough]);
    } catch (error) {
      if (error instanceof RefusedAddressError) throw error;
      // Expected: names of the world that only the proxy can look up.
    } finally {
      clearTimeout(timer);
    }
  }

  private headersOf(message: WebhookMessage): Record<string, string> {
    const { clock, toolVersion } = this.around;
    const custom = Object.entries(message.headers).filter(
      ([name, value]) => problemOfCustomHeader(name, value) === null,
    );
    return {
      ...Object.fromEntries(custom),
      ...deliveryHeaders({ ...message, startedAt: clock.now(), toolVersion }),
    };
  }
}

function noAnswer(error: string): WebhookAnswer {
  return { responseCode: null, retryAfter: null, responseBody: null, error };
}

/** A request that still waits for its connection does not hear of a signal by itself. */
function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', end, { once: true });
  });
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      // Leaving the loop drops the connection.
      if (length >= MOST_ANSWER_BYTES) break;
    }
  } catch {
    // Expected: cut off or too slow. The status has said whether the message was received.
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES);
}

function firstOf(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

/** Nobody asked for it; what is packed is no text. */
function isEncoded({ 'content-encoding': encoding }: Dispatcher.ResponseData['headers']): boolean {
  return encoding !== undefined && encoding !== 'identity';
}

/** What a receiver may know and nobody else: its URL, the subscriber's headers, the secrets that sign. */
function secretsIn(url: URL, { headers, secrets }: WebhookMessage): string[] {
  const values = Object.values(headers);
  const words = [
    ...url.pathname.split('/'),
    ...url.searchParams.values(),
    ...values.flatMap((value) => value.split(' ')),
  ];
  const whole = [url.href, `${url.pathname}${url.search}`, ...values, ...secrets];
  return [...whole, ...words.filter((word) => LIKE_A_TOKEN.test(word))];
}
