import { isTerminalScanEvent } from '@securescan/contracts';
import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { LiveFeed } from '../../ports/live-feed.port';
import type { StoredScanEvent } from '../../ports/live-feed.port';

/** Events that wait for one subscriber; beyond it, the oldest ones that only tell of progress go. */
const BUFFER_SIZE = 200;

class Watcher {
  private readonly waiting: StoredScanEvent[] = [];

  constructor(
    private readonly subscriber: Subscriber<StoredScanEvent>,
    private lastSeq: number,
  ) {}

  put(event: StoredScanEvent): void {
    if (event.seq <= this.lastSeq) {
      return;
    }
    this.lastSeq = event.seq;
    this.waiting.push(event);
    if (this.waiting.length > BUFFER_SIZE) {
      const oldest = this.waiting.findIndex((candidate) => !isTerminalScanEvent(candidate.event));
      this.waiting.splice(oldest, 1);
    }
  }

  deliver(): void {
    for (const event of this.waiting.splice(0)) {
      this.subscriber.next(event);
      if (isTerminalScanEvent(event.event)) {
        this.subscriber.complete();
      }
    }
  }
}

interface Channel {
  readonly watchers: Set<Watcher>;
  isDeliveryDue: boolean;
}

/** One channel for each scan that somebody watches; it is gone when the last one leaves. */
export class InProcessLiveFeed extends LiveFeed {
  private readonly channels = new Map<string, Channel>();

  publish(scanId: string, event: StoredScanEvent): void {
    const channel = this.channels.get(scanId);
    if (channel === undefined) {
      return;
    }
    for (const watcher of channel.watchers) {
      watcher.put(event);
    }
    if (!channel.isDeliveryDue) {
      channel.isDeliveryDue = true;
      setImmediate(() => {
        channel.isDeliveryDue = false;
        for (const watcher of [...channel.watchers]) {
          watcher.deliver();
        }
      });
    }
  }

  subscribe(scanId: string, afterSeq: number): Observable<StoredScanEvent> {
    return new Observable((subscriber) => {
      const channel = this.channels.get(scanId) ?? { watchers: new Set(), isDeliveryDue: false };
      this.channels.set(scanId, channel);
      const watcher = new Watcher(subscriber, afterSeq);
      channel.watchers.add(watcher);
      return () => {
        channel.watchers.delete(watcher);
        if (channel.watchers.size === 0 && this.channels.get(scanId) === channel) {
          this.channels.delete(scanId);
        }
      };
    });
  }
}
