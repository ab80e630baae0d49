import { Observable, Subject } from 'rxjs';
import { ControlChannel } from '../../ports/control-channel.port';
import type { ControlMessageMap, ControlMessageName } from '../../ports/control-channel.port';

interface Message {
  readonly name: ControlMessageName;
  readonly payload: unknown;
}

/** There is one process only, so it sends to itself. */
export class InProcessControlChannel extends ControlChannel {
  private readonly sent = new Subject<Message>();

  send<K extends ControlMessageName>(name: K, payload: ControlMessageMap[K]): Promise<void> {
    // Later, as from another process: a receiver never runs within the sender's call.
    setImmediate(() => {
      this.sent.next({ name, payload });
    });
    return Promise.resolve();
  }

  messages<K extends ControlMessageName>(name: K): Observable<ControlMessageMap[K]> {
    return new Observable((subscriber) =>
      this.sent.subscribe((message) => {
        if (message.name === name) {
          // The name decides the type of the payload, see `send`.
          subscriber.next(message.payload as ControlMessageMap[K]);
        }
      }),
    );
  }
}
