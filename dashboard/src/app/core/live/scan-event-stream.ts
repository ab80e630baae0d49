import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  SCAN_EVENT_NAMES,
  isTerminalScanEvent,
  type ScanBody,
  type ScanEventBody,
  type ScanEventName,
} from '@securescan/contracts';
import {
  EMPTY,
  Observable,
  catchError,
  concat,
  defer,
  filter,
  map,
  merge,
  of,
  repeat,
  retry,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  throwError,
  timer,
} from 'rxjs';
import { scanRoute } from '../api/routes';
import { parseScan } from '../api/wire';
import { parseScanEvent } from '../api/wire-events';
import { SessionStore } from '../auth/session-store';
import { parseEventToken } from '../auth/wire-session';
import { OPEN_EVENT_CHANNEL } from './event-source';
import { WAKE } from './wake';

export type LiveMessage =
  | { readonly kind: 'event'; readonly body: ScanEventBody }
  | { readonly kind: 'connection'; readonly state: 'live' | 'reconnecting' | 'polling' }
  /** What the scan looked like while its stream could not be had. */
  | { readonly kind: 'polled'; readonly scan: ScanBody };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** A token is good for this long where the server does not say, and so is a connection that needs none. */
const USUAL_LIFETIME_MS = 300_000;
const SHORTEST_RENEWAL_MS = 5_000;
/** Twice the time after which the server says something, if only to keep the connection open. */
const SILENCE_MS = 30_000;
/** Failed connections in a row after which each further try is preceded by one GET of the scan. */
const POLL_AFTER_FAILURES = 2;

class ChannelLostError extends Error {
  override readonly name = 'ChannelLostError';
}

/** How far one stream has come; shared by all its connections. */
interface Position {
  seq: number;
  failures: number;
  /** When anything last came, in milliseconds since the epoch. */
  heardAt: number;
  openedAt: number | null;
}

interface Admission {
  /** `null` where none is needed. */
  readonly token: string | null;
  readonly lifetimeMs: number;
}

/** A scan's events in order, each once, over as many connections as it takes. */
@Injectable({ providedIn: 'root' })
export class ScanEventStream {
  private readonly http = inject(HttpClient);
  private readonly open = inject(OPEN_EVENT_CHANNEL);
  private readonly session = inject(SessionStore);
  private readonly wake = inject(WAKE);

  /**
   * Completes after the terminal event, or after a poll that found the scan ended. Fails only where a poll says that the
   * scan is gone. A lost connection is taken up again from the last event that arrived.
   */
  watch(scanId: string): Observable<LiveMessage> {
    return defer(() => {
      const position: Position = { seq: 0, failures: 0, heardAt: Date.now(), openedAt: null };
      return defer(() => this.attempt(scanId, position)).pipe(
        retry({
          delay: (error: unknown) => {
            if (!(error instanceof ChannelLostError)) return throwError(() => error);
            position.failures = wasGood(position) ? 1 : position.failures + 1;
            position.openedAt = null;
            return merge(timer(delayAfter(position.failures)), this.wake).pipe(take(1));
          },
        }),
        takeWhile((message) => !isLast(message), true),
      );
    });
  }

  private attempt(scanId: string, position: Position): Observable<LiveMessage> {
    if (position.failures === 0) return this.connect(scanId, position);
    const polls = position.failures >= POLL_AFTER_FAILURES;
    const state = of<LiveMessage>({
      kind: 'connection',
      state: polls ? 'polling' : 'reconnecting',
    });
    return concat(state, polls ? this.poll(scanId) : EMPTY, this.connect(scanId, position));
  }

  private poll(scanId: string): Observable<LiveMessage> {
    return this.http.get(scanRoute(scanId)).pipe(
      map((answer): LiveMessage => ({ kind: 'polled', scan: parseScan(answer) })),
      catchError((error: unknown) => {
        // Expected: the server is away, then the next round asks again. That it does not know the scan is final.
        const isGone = error instanceof HttpErrorResponse && error.status === 404;
        return isGone ? throwError(() => error) : EMPTY;
      }),
    );
  }

  /**
   * One connection after the other, each opened anew before its token is old. That also finds connections that have died
   * without a word, as they do while a machine sleeps: they are opened anew as soon as somebody looks.
   */
  private connect(scanId: string, position: Position): Observable<LiveMessage> {
    return defer(() => this.admission(scanId)).pipe(
      switchMap(({ token, lifetimeMs }) => {
        position.heardAt = Date.now();
        const isDue = timer(Math.max(SHORTEST_RENEWAL_MS, lifetimeMs / 2));
        const isSilent = this.wake.pipe(filter(() => Date.now() - position.heardAt > SILENCE_MS));
        return this.follow(eventsUrl(scanId, token, position.seq), position).pipe(
          takeUntil(merge(isDue, isSilent)),
        );
      }),
      repeat(),
    );
  }

  /**
   * What lets a connection in, since a browser sends no header with it. Each connection gets its own: a token is refused once
   * it is some minutes old.
   */
  private admission(scanId: string): Observable<Admission> {
    if (!this.session.needsEventToken()) return of({ token: null, lifetimeMs: USUAL_LIFETIME_MS });
    return this.http.post(scanRoute(scanId, 'event-token'), null).pipe(
      map((answer) => {
        const { token, expires_in } = parseEventToken(answer);
        return { token, lifetimeMs: expires_in * 1_000 };
      }),
      // Expected: the server is away, or the scan gone. The poll, which comes after a few failures, tells the two apart.
      catchError(() => throwError(() => new ChannelLostError('No token was given.'))),
    );
  }

  private follow(url: string, position: Position): Observable<LiveMessage> {
    return new Observable((subscriber) => {
      const channel = this.open(url);
      channel.addEventListener('open', () => {
        position.openedAt ??= Date.now();
        position.heardAt = Date.now();
        subscriber.next({ kind: 'connection', state: 'live' });
      });
      channel.addEventListener('error', () => {
        subscriber.error(new ChannelLostError('The event stream was interrupted.'));
      });
      for (const name of SCAN_EVENT_NAMES) {
        channel.addEventListener(name, (event) => {
          const body = readFrame(name, event);
          if (body === null) {
            // It may have been the last one. Asking again from here, and at last for the scan itself, cannot miss that.
            subscriber.error(new ChannelLostError('An event could not be read.'));
            return;
          }
          if (body.data.seq <= position.seq) return;
          position.seq = body.data.seq;
          position.heardAt = Date.now();
          // Not at `open` alone: something that accepts and hangs up at once must not be tried twice a second for ever.
          position.failures = 0;
          subscriber.next({ kind: 'event', body });
        });
      }
      return () => {
        channel.close();
      };
    });
  }
}

function eventsUrl(scanId: string, token: string | null, seq: number): string {
  const query = new URLSearchParams();
  if (token !== null) query.set('event_token', token);
  if (seq > 0) query.set('last_event_id', String(seq));
  const events = scanRoute(scanId, 'events');
  return query.size === 0 ? events : `${events}?${query.toString()}`;
}

function readFrame(name: ScanEventName, event: Event): ScanEventBody | null {
  if (!(event instanceof MessageEvent) || typeof event.data !== 'string') return null;
  try {
    return parseScanEvent(name, JSON.parse(event.data));
  } catch {
    // Expected of a proxy that cuts frames, or of a server that is newer than this page.
    return null;
  }
}

function isLast(message: LiveMessage): boolean {
  switch (message.kind) {
    case 'event':
      return isTerminalScanEvent(message.body.event);
    case 'polled':
      return message.scan.status !== 'pending' && message.scan.status !== 'running';
    case 'connection':
      return false;
  }
}

/** A connection that held for a while was one, though nothing happened meanwhile. */
function wasGood({ openedAt }: Position): boolean {
  return openedAt !== null && Date.now() - openedAt > SILENCE_MS;
}

function delayAfter(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
}
