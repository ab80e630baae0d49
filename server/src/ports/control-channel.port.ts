import type { CallerKind } from '@securescan/contracts';
import type { Observable } from 'rxjs';

/** Commands that every process of an installation must hear, each with its payload. */
export interface ControlMessageMap {
  'scan.cancel': { readonly scanId: string };
  /** Somebody is no longer recognised, and what was opened for them ends. */
  'credential.ended': { readonly kind: CallerKind; readonly subject: string };
}

export type ControlMessageName = keyof ControlMessageMap;

/** Reaches all processes, the sender's own too. A message that nobody listens for is lost. */
export abstract class ControlChannel {
  /** Resolves once the message is handed over. Receivers get messages later, in the order of sending. */
  abstract send<K extends ControlMessageName>(
    name: K,
    payload: ControlMessageMap[K],
  ): Promise<void>;

  abstract messages<K extends ControlMessageName>(name: K): Observable<ControlMessageMap[K]>;
}
