import { Injectable } from '@nestjs/common';
import { EMPTY, filter, map, merge, type Observable, timer } from 'rxjs';
import { Clock } from '../../ports/clock.port';
import { ControlChannel } from '../../ports/control-channel.port';
import type { Caller } from './caller';

/** A session of the proxy is only known to be good when a request passes it, so a stream passes it again now and then. */
const SSO_STREAM_MS = 15 * 60_000;
/** The longest that a timer of Node's can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Tells when what was opened for a caller must end. */
@Injectable()
export class CallerLifetime {
  constructor(
    private readonly control: ControlChannel,
    private readonly clock: Clock,
  ) {}

  /** Emits once somebody revoked the caller's credentials, they ran out, or it is time to show them again. */
  endOf(caller: Caller): Observable<void> {
    const revoked = this.control
      .messages('credential.ended')
      .pipe(filter(({ kind, subject }) => kind === caller.kind && subject === caller.subject));
    return merge(revoked, this.timeOf(caller)).pipe(map(() => undefined));
  }

  private timeOf({ kind, expiresAt }: Caller): Observable<unknown> {
    if (kind === 'sso') return timer(SSO_STREAM_MS);
    if (expiresAt === null) return EMPTY;
    const leftMs = Date.parse(expiresAt) - this.clock.now().getTime();
    return timer(Math.min(Math.max(leftMs, 0), MAX_TIMER_MS));
  }
}
