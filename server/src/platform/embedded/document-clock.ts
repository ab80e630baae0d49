import type { Clock } from '../../ports/clock.port';
import { DocumentClock } from '../../ports/clock.port';

/** The real time, or one instant for ever. */
export class PinnableDocumentClock extends DocumentClock {
  constructor(
    private readonly clock: Clock,
    private readonly pinnedTo: Date | null,
  ) {
    super();
  }

  now(): Date {
    return this.pinnedTo === null ? this.clock.now() : new Date(this.pinnedTo);
  }
}
