import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import type { LiveFeed, StoredScanEvent } from '../../ports/live-feed.port';

const TS = '2026-01-01T00:00:00.000Z';

function progress(seq: number, scanId = 's'): StoredScanEvent {
  return { scanId, seq, event: 'scanner.start', payload: { scanner: `scanner-${seq}` }, ts: TS };
}

function terminal(seq: number, scanId = 's'): StoredScanEvent {
  return { scanId, seq, event: 'scan.failed', payload: { error: 'why' }, ts: TS };
}

/** What every adapter of LiveFeed must do. */
export function describeLiveFeed(name: string, create: () => LiveFeed): void {
  describe(`${name} as LiveFeed`, () => {
    function everything(feed: LiveFeed, afterSeq = 0): Promise<StoredScanEvent[]> {
      return lastValueFrom(feed.subscribe('s', afterSeq).pipe(toArray()));
    }

    it('brings every subscriber all events in order, and completes after the terminal one', async () => {
      const feed = create();
      const received = Promise.all([everything(feed), everything(feed)]);
      const events = [progress(1), progress(2), terminal(3)];

      for (const event of events) {
        feed.publish('s', event);
      }

      expect(await received).toEqual([events, events]);
    });

    it('leaves out what the subscriber has already, also when it is published again', async () => {
      const feed = create();
      const received = everything(feed, 2);

      for (const event of [progress(1), progress(2), progress(3), progress(3), terminal(4)]) {
        feed.publish('s', event);
      }

      expect((await received).map(({ seq }) => seq)).toEqual([3, 4]);
    });

    it('keeps scans apart', async () => {
      const feed = create();
      const received = everything(feed);

      feed.publish('other', terminal(1, 'other'));
      feed.publish('s', terminal(1));

      expect((await received).map(({ scanId }) => scanId)).toEqual(['s']);
    });

    it('never runs a subscriber within the call of the publisher', async () => {
      const feed = create();
      let isPublishing = true;
      const first = new Promise<boolean>((resolve) => {
        feed.subscribe('s', 0).subscribe(() => {
          resolve(isPublishing);
        });
      });

      feed.publish('s', progress(1));
      isPublishing = false;

      await expect(first).resolves.toBe(false);
    });

    it('drops the oldest progress of a flood, but never what ends the stream', async () => {
      const feed = create();
      const received = everything(feed);
      const FLOOD = 5000;

      for (let seq = 1; seq <= FLOOD; seq += 1) {
        feed.publish('s', progress(seq));
      }
      feed.publish('s', terminal(FLOOD + 1));
      const sequence = (await received).map(({ seq }) => seq);

      expect(sequence.length).toBeLessThanOrEqual(1000);
      expect(sequence.slice(-2)).toEqual([FLOOD, FLOOD + 1]);
      expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    });

    it('sends nothing more to whoever has left, and everything to those who stay', async () => {
      const feed = create();
      const heard: number[] = [];
      const leaver = feed.subscribe('s', 0).subscribe(({ seq }) => heard.push(seq));
      const stayer = everything(feed);
      const first = firstValueFrom(feed.subscribe('s', 0));
      feed.publish('s', progress(1));
      await first;

      leaver.unsubscribe();
      feed.publish('s', terminal(2));

      expect((await stayer).map(({ seq }) => seq)).toEqual([1, 2]);
      expect(heard).toEqual([1]);
    });
  });
}
