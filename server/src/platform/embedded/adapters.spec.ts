import { describeClock } from '../contract/clock.contract';
import { describeControlChannel } from '../contract/control-channel.contract';
import { describeJobQueue } from '../contract/job-queue.contract';
import { describeLiveFeed } from '../contract/live-feed.contract';
import { PinnableDocumentClock } from './document-clock';
import { InProcessControlChannel } from './in-process-control-channel';
import { InProcessJobQueue } from './in-process-job-queue';
import { InProcessLiveFeed } from './in-process-live-feed';
import { SystemClock } from './system-clock';

describeClock('SystemClock', () => new SystemClock());
describeControlChannel('InProcessControlChannel', () => new InProcessControlChannel());
describeJobQueue('InProcessJobQueue', () => new InProcessJobQueue());
describeLiveFeed('InProcessLiveFeed', () => new InProcessLiveFeed());

describe('PinnableDocumentClock', () => {
  it('shows the pinned time, which no reader can change', () => {
    const clock = new PinnableDocumentClock(new SystemClock(), new Date('2026-01-31T12:00:00Z'));
    clock.now().setFullYear(1999);

    expect(clock.now().toISOString()).toBe('2026-01-31T12:00:00.000Z');
  });

  it('shows the real time unless it is pinned', () => {
    const before = Date.now();

    expect(
      new PinnableDocumentClock(new SystemClock(), null).now().getTime(),
    ).toBeGreaterThanOrEqual(before);
  });
});
