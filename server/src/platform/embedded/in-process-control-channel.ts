import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { ControlChannel } from '../../ports/control-channel.port';
import type { ControlMessageMap, ControlMessageName } from '../../ports/control-channel.port';

/** There is one process only, so it sends to itself. */
export class InProcessControlChannel extends ControlChannel {
  private readonly subjects: {
    readonly [K in ControlMessageName]: Subject<ControlMessageMap[K]>;
  } = { 'scan.cancel': new Subject(), 'credential.ended': new Subject() };

  send<K extends ControlMessageName>(name: K, payload: ControlMessageMap[K]): Promise<void> {
    // Later, as from another process: a receiver never runs within the sender's call.
    setImmediate(() => {
      this.subjects[name].next(payload);
    });
    return Promise.resolve();
  }

  messages<K extends ControlMessageName>(name: K): Observable<ControlMessageMap[K]> {
    return this.subjects[name].asObservable();
  }
}
