import { Injectable } from '@nestjs/common';
import { isTerminalScanEvent, targetOfScan, type ScanBody } from '@securescan/contracts';
import { Observable, type Subscriber } from 'rxjs';
import { LiveFeed, type StoredScanEvent } from '../../ports/live-feed.port';
import { isTerminalStatus } from '../scans/scan-lifecycle';
import { ScansService } from '../scans/scans.service';
import { ScanEventsRepository } from './scan-events.repository';
import { failedEvent, type WireEvent } from './wire-events';

const READ_AT_ONCE = 200;

/** Follows scans through what the table holds and what the feed brings. */
@Injectable()
export class LiveService {
  constructor(
    private readonly scans: ScansService,
    private readonly events: ScanEventsRepository,
    private readonly feed: LiveFeed,
  ) {}

  /**
   * Where a caller stands who saw events up to `afterSeq`; a place that the stream has not reached counts as the beginning.
   * @throws ScanNotFoundError
   */
  async position(
    scanId: string,
    afterSeq: number,
  ): Promise<{ readonly afterSeq: number; readonly isAtEnd: boolean }> {
    const status = await this.scans.status(scanId);
    const last = await this.events.lastSeq(scanId);
    const isKnown = afterSeq <= last;
    return {
      afterSeq: isKnown ? afterSeq : 0,
      isAtEnd: isKnown && afterSeq > 0 && afterSeq === last && isTerminalStatus(status),
    };
  }

  /** Events after a place, in order, without gap or repeat; completes after the one that ends the scan. */
  follow(scanId: string, afterSeq: number): Observable<StoredScanEvent> {
    return new Observable((subscriber) => {
      const follower = new Follower(scanId, afterSeq, subscriber, this.events, this.scans);
      const live = this.feed.subscribe(scanId, afterSeq).subscribe((event) => {
        follower.offer(event);
      });
      follower.begin();
      return () => {
        live.unsubscribe();
      };
    });
  }
}

class Follower {
  private readonly offered: StoredScanEvent[] = [];
  private isWorking = false;

  constructor(
    private readonly scanId: string,
    private lastSeq: number,
    private readonly subscriber: Subscriber<StoredScanEvent>,
    private readonly events: ScanEventsRepository,
    private readonly scans: ScansService,
  ) {}

  begin(): void {
    this.work(async () => {
      await this.catchUp();
      await this.endIfOver();
    });
  }

  offer(event: StoredScanEvent): void {
    this.offered.push(event);
    if (!this.isWorking) this.work(() => Promise.resolve());
  }

  private work(first: () => Promise<void>): void {
    this.isWorking = true;
    const steps = async (): Promise<void> => {
      await first();
      for (let event = this.offered.shift(); event !== undefined; event = this.offered.shift()) {
        // A gap means that the feed dropped something because this stream was slow; the table has it.
        if (event.seq > this.lastSeq + 1) await this.catchUp();
        this.emit(event);
      }
    };
    steps().then(
      () => {
        this.isWorking = false;
      },
      (error: unknown) => {
        this.subscriber.error(error);
      },
    );
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const stored = await this.events.after(this.scanId, this.lastSeq, READ_AT_ONCE);
      for (const event of stored) this.emit(event);
      if (stored.length < READ_AT_ONCE || this.subscriber.closed) return;
    }
  }

  /** The status and the last event are written together, so a scan that is over has its last event in the table. */
  private async endIfOver(): Promise<void> {
    if (this.subscriber.closed) return;
    if (!isTerminalStatus(await this.scans.status(this.scanId))) return;
    await this.catchUp();
    await this.endByStatus();
  }

  /** For an old scan whose rows are gone. */
  private async endByStatus(): Promise<void> {
    if (this.subscriber.closed) return;
    const scan = await this.scans.get(this.scanId);
    this.emit({
      scanId: this.scanId,
      seq: this.lastSeq + 1,
      ts: scan.completed_at ?? scan.created_at,
      ...endOf(scan),
    });
  }

  private emit(event: StoredScanEvent): void {
    if (event.seq <= this.lastSeq || this.subscriber.closed) return;
    this.lastSeq = event.seq;
    this.subscriber.next(event);
    if (isTerminalScanEvent(event.event)) this.subscriber.complete();
  }
}

function endOf(scan: ScanBody): WireEvent {
  if (scan.status === 'cancelled') return { event: 'scan.cancelled', payload: {} };
  if (scan.status === 'failed') return failedEvent(scan.error ?? 'failed');
  return {
    event: 'scan.complete',
    payload: {
      target: targetOfScan(scan),
      duration_s: 0,
      scanner_count: scan.scanners_run.length,
      findings_count: scan.findings_count,
      risk_score: scan.risk_score ?? 0,
      scanners_run: scan.scanners_run,
      scanners_skipped: scan.scanners_skipped.map((skipped) => skipped.name),
    },
  };
}
