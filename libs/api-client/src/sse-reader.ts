import { isTerminalScanEvent, SCAN_EVENT_NAMES } from '@securescan/contracts';
import type { ScanEventBody, ScanEventName } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import { isRecord } from './answers';
import { ServerProtocolError } from './server-protocol-error';
import { SseFrameParser } from './sse-frame-parser';
import type { SseFrame } from './sse-frame-parser';

export interface SseSource {
  /** Opens the stream after the event with this id, or from the beginning. Rejects if the server refuses. */
  open(lastEventId: string | null, signal: AbortSignal): Promise<Response>;
  /** Waits before the next connection; rejects when cancelled. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface SseReadOptions {
  readonly signal: AbortSignal;
  readonly lastEventId?: string;
  /** A stream that is silent for this long is taken for dead. The server breaks its silence every 15 s. */
  readonly idleMs?: number;
}

const DEFAULT_IDLE_MS = 45_000;
const DEFAULT_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** Connections in a row that brought no event. */
const MAX_FRUITLESS_CONNECTIONS = 6;

/**
 * The events of one scan, each once and in order, until a terminal one. A cut, silent or ended stream is resumed after the
 * last event that arrived. Throws what the server's refusal became, or SERVICE_UNAVAILABLE when it stays away.
 */
export async function* readScanEvents(
  source: SseSource,
  options: SseReadOptions,
): AsyncGenerator<ScanEventBody> {
  let lastEventId = options.lastEventId ?? null;
  let retryMs = DEFAULT_RETRY_MS;
  let fruitless = 0;
  for (;;) {
    const parser = new SseFrameParser();
    for await (const frame of framesOfConnection(source, parser, lastEventId, options)) {
      fruitless = 0;
      lastEventId = frame.id ?? lastEventId;
      const event = toScanEvent(frame);
      if (event === null) continue;
      yield event;
      if (isTerminalScanEvent(event.event)) return;
    }
    fruitless += 1;
    if (fruitless >= MAX_FRUITLESS_CONNECTIONS) {
      throw new OperationalError(
        'SERVICE_UNAVAILABLE',
        'The stream of the scan’s events kept breaking off; ask for the scan itself.',
      );
    }
    retryMs = parser.retryMs ?? retryMs;
    await source.wait(Math.min(retryMs * 2 ** (fruitless - 1), LONGEST_RETRY_MS), options.signal);
  }
}

async function* framesOfConnection(
  source: SseSource,
  parser: SseFrameParser,
  lastEventId: string | null,
  { signal, idleMs = DEFAULT_IDLE_MS }: SseReadOptions,
): AsyncGenerator<SseFrame> {
  const idle = new IdleWatch(idleMs);
  const ended = AbortSignal.any([signal, idle.signal]);
  try {
    const response = await orNullWhenBroken(source.open(lastEventId, ended), signal);
    if (response === null) return;
    requireEventStream(response);
    const body: ReadableStream<Uint8Array> | null = response.body;
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    while (reader !== undefined) {
      const piece = await orNullWhenBroken(reader.read(), signal);
      if (piece === null || piece.value === undefined) return;
      idle.touch();
      yield* parser.push(decoder.decode(piece.value, { stream: true }));
    }
  } finally {
    idle.stop();
  }
}

/** Only the caller's own cancellation, a refusal and a wrong kind of answer reject; for the rest there is another try. */
async function orNullWhenBroken<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    // Expected: a connection that is cut, silent for too long, or refused for now.
    const isFinal = error instanceof UserError || error instanceof ServerProtocolError;
    if (signal.aborted || isFinal) throw error;
    return null;
  }
}

/** Aborts its signal when nothing was heard for a while. */
class IdleWatch {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;
  readonly signal = this.controller.signal;

  constructor(private readonly idleMs: number) {
    this.timer = this.start();
  }

  touch(): void {
    clearTimeout(this.timer);
    this.timer = this.start();
  }

  /** Also closes a connection that is still open, when the reader of the events has seen enough. */
  stop(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.controller.abort();
    }, this.idleMs);
  }
}

function requireEventStream(response: Response): void {
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream') === true) return;
  throw new ServerProtocolError('The server answered with something that is not an event stream.');
}

/** `null` for an event of a newer server that this client does not know. */
function toScanEvent({ event, data }: SseFrame): ScanEventBody | null {
  if (!isEventName(event)) return null;
  const payload = parsePayload(data);
  if (!isRecord(payload) || typeof payload['scan_id'] !== 'string') {
    throw new ServerProtocolError(`The event ${event} of the server carries no readable data.`);
  }
  // The payload's own fields are the server's word: they are shown, nothing is decided by them.
  return { event, data: payload } as unknown as ScanEventBody;
}

function parsePayload(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // Expected: a proxy that garbles the stream. The caller reports it.
    return null;
  }
}

function isEventName(name: string): name is ScanEventName {
  return SCAN_EVENT_NAMES.some((known) => known === name);
}
