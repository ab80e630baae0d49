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
  map,
  of,
  retry,
  switchMap,
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

export type LiveMessage =
  | { readonly kind: 'event'; readonly body: ScanEventBody }
  | { readonly kind: 'connection'; readonly state: 'live' | 'reconnecting' | 'polling' }
  /** What the scan looked like while its stream could not be had. */
  | { readonly kind: 'polled'; readonly scan: ScanBody };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** Failed connections in a row after which each further try is preceded by one GET of the scan. */
const POLL_AFTER_FAILURES = 2;

class ChannelLostError extends Error {
  override readonly name = 'ChannelLostError';
}

/** How far one stream has come; shared by all its connections. */
interface Position {
  seq: number;
  failures: number;
}

/** A scan's events in order, each once, over as many connections as it takes. */
@Injectable({ providedIn: 'root' })
export class ScanEventStream {
  private readonly http = inject(HttpClient);
  private readonly open = inject(OPEN_EVENT_CHANNEL);
  private readonly session = inject(SessionStore);

  /**
   * Completes after the terminal event, or after a poll that found the scan ended. Fails only where a poll says that the
   * scan is gone. A lost connection is taken up again from the last event that arrived.
   */
  watch(scanId: string): Observable<LiveMessage> {
    return defer(() => {
      const position: Position = { seq: 0, failures: 0 };
      return defer(() => this.attempt(scanId, position)).pipe(
        retry({
          delay: (error: unknown) => {
            if (!(error instanceof ChannelLostError)) return throwError(() => error);
            position.failures += 1;
            return timer(delayAfter(position.failures));
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

  private connect(scanId: string, position: Position): Observable<LiveMessage> {
    return this.admission(scanId).pipe(
      switchMap((token) => this.follow(eventsUrl(scanId, token, position.seq), position)),
    );
  }

  /**
   * What lets a connection in, since a browser sends no header with it; `null` where it needs nothing. Each connection gets
   * its own: a token is refused once it is some minutes old.
   */
  private admission(scanId: string): Observable<string | null> {
    if (!this.session.needsEventToken()) return of(null);
    return this.http.post(scanRoute(scanId, 'event-token'), null).pipe(
      map((answer) => parseEventToken(answer).token),
      // Expected: the server is away, or the scan gone. The poll, which comes after a few failures, tells the two apart.
      catchError(() => throwError(() => new ChannelLostError('No token was given.'))),
    );
  }

  private follow(url: string, position: Position): Observable<LiveMessage> {
    return new Observable((subscriber) => {
      const channel = this.open(url);
      channel.addEventListener('open', () => {
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
          // Not at `open`: something that accepts and hangs up at once must not be tried twice a second for ever.
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

function delayAfter(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
}
