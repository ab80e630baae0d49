import { Injectable } from '@nestjs/common';
import { defer, EMPTY, filter, map, merge, type Observable, of, timer } from 'rxjs';
import { Clock } from '../../ports/clock.port';
import { ControlChannel } from '../../ports/control-channel.port';
import type { Caller } from './caller';

/** A session of the proxy is only known to be good when a request passes it, so a stream passes it again now and then. */
const SSO_STREAM_MS = 15 * 60_000;
/** The longest that a timer of Node's can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Far more than can end while one request is on its way. */
const REMEMBERED = 1000;

type Credential = Pick<Caller, 'kind' | 'subject'>;

function nameOf({ kind, subject }: Credential): string {
  return JSON.stringify([kind, subject]);
}

/** Tells when what was opened for a caller must end. */
@Injectable()
export class CallerLifetime {
  /** Those that ended lately: a caller may have been recognised just before, and asks here just after. */
  private readonly ended = new Set<string>();

  constructor(
    private readonly control: ControlChannel,
    private readonly clock: Clock,
  ) {
    control.messages('credential.ended').subscribe((credential) => {
      this.remember(credential);
    });
  }

  /** Emits once somebody revoked the caller's credentials, they ran out, or it is time to show them again. */
  endOf(caller: Caller): Observable<void> {
    const later = this.control
      .messages('credential.ended')
      .pipe(filter((credential) => nameOf(credential) === nameOf(caller)));
    const before = defer(() => (this.ended.has(nameOf(caller)) ? of(null) : EMPTY));
    return merge(before, later, this.timeOf(caller)).pipe(map(() => undefined));
  }

  private remember(credential: Credential): void {
    this.ended.add(nameOf(credential));
    const [first] = this.ended;
    if (this.ended.size > REMEMBERED && first !== undefined) this.ended.delete(first);
  }

  private timeOf({ kind, expiresAt }: Caller): Observable<unknown> {
    if (kind === 'sso') return timer(SSO_STREAM_MS);
    if (expiresAt === null) return EMPTY;
    const leftMs = Date.parse(expiresAt) - this.clock.now().getTime();
    return timer(Math.min(Math.max(leftMs, 0), MAX_TIMER_MS));
  }
}
