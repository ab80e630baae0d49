import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { HttpConfig } from '../../config/http.config';
import { StreamsFullError, TooManyStreamsError } from './live.errors';

export interface EventStreamOptions {
  readonly keepAliveMs: number;
}

export const EVENT_STREAM_OPTIONS = Symbol('event stream options');

/** What a receiver may leave unread before we hang up; it resumes where it was, from the table. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** How long a stop waits for streams to end by themselves. */
const STOP_PATIENCE_MS = 500;
const RECONNECT_AFTER_MS = 2000;

/** One event of a stream as the HTML standard's event-stream format writes it. */
export interface EventFrame {
  readonly id: number;
  readonly event: string;
  readonly data: object;
}

function render(frame: EventFrame): string {
  return `id: ${frame.id}\nevent: ${frame.event}\ndata: ${JSON.stringify(frame.data)}\n\n`;
}

/** The open event streams of this process: writes them, keeps them alive and ends them with the server. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  /** How to end each stream, and when it has ended. */
  private readonly open = new Map<() => void, Promise<void>>();
  /** How many each holder has; those without are left out. */
  private readonly held = new Map<string, number>();

  constructor(
    @Inject(EVENT_STREAM_OPTIONS) private readonly options: EventStreamOptions,
    private readonly limits: HttpConfig,
  ) {}

  get openCount(): number {
    return this.open.size;
  }

  /**
   * Answers with the frames and lets go of everything when they end or the receiver leaves.
   * @param holder whose stream it is, in whatever words.
   * @throws TooManyStreamsError, StreamsFullError before anything is sent.
   */
  send(reply: FastifyReply, frames: Observable<EventFrame>, holder: string): void {
    this.assertRoomFor(holder);
    reply.hijack();
    const response = reply.raw;
    // Whoever left while we looked for the scan has been closed already, and would never be let go of.
    if (response.destroyed) return;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    const write = (text: string): void => {
      if (response.destroyed || response.writableEnded) return;
      response.write(text);
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    };
    // Sent at once, so that the receiver knows that it is connected before anything happens.
    write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
    const end = (): void => {
      response.end();
    };
    const subscription = frames.subscribe({
      next: (frame) => {
        write(render(frame));
      },
      // The receiver comes back and resumes; a stream has no other way to tell of trouble.
      error: end,
      complete: end,
    });
    const keepAlive = setInterval(() => {
      write(': keepalive\n\n');
    }, this.options.keepAliveMs);
    const closed = new Promise<void>((resolve) => {
      response.once('close', () => {
        clearInterval(keepAlive);
        subscription.unsubscribe();
        this.open.delete(end);
        this.count(holder, -1);
        resolve();
      });
    });
    this.open.set(end, closed);
    this.count(holder, 1);
  }

  private assertRoomFor(holder: string): void {
    const { eventStreams, eventStreamsPerCaller } = this.limits;
    if ((this.held.get(holder) ?? 0) >= eventStreamsPerCaller) {
      throw new TooManyStreamsError(eventStreamsPerCaller);
    }
    if (this.open.size >= eventStreams) throw new StreamsFullError(eventStreams);
  }

  private count(holder: string, change: 1 | -1): void {
    const now = (this.held.get(holder) ?? 0) + change;
    if (now === 0) this.held.delete(holder);
    else this.held.set(holder, now);
  }

  /** The scans have ended by now, and their last events are on the way: a stream ends after its own, or is ended. */
  async beforeApplicationShutdown(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_PATIENCE_MS);
    });
    await Promise.race([Promise.all([...this.open.values()]), patience]);
    clearTimeout(timer);
    for (const end of this.open.keys()) end();
  }
}
