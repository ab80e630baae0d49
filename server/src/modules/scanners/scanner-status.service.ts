import { Injectable } from '@nestjs/common';
import type { ScannerStatusListBody } from '@securescan/contracts';
import { Clock } from '../../ports/clock.port';
import { ScanEngine } from './scan-engine.service';

/** Asking every tool for its version starts processes, so an answer serves everybody for a minute. */
const FRESH_MS = 60_000;

@Injectable()
export class ScannerStatusService {
  private answer: Promise<ScannerStatusListBody> | null = null;
  private askedAt = 0;

  constructor(
    private readonly engine: ScanEngine,
    private readonly clock: Clock,
  ) {}

  /** Which scanners can run here. Callers at the same time share one look. */
  async status(): Promise<ScannerStatusListBody> {
    const now = this.clock.monotonicMs();
    if (this.answer === null || now - this.askedAt >= FRESH_MS) {
      this.askedAt = now;
      this.answer = this.look();
    }
    return this.answer;
  }

  /** The next caller looks again: a scanner was installed. */
  forget(): void {
    this.answer = null;
  }

  private async look(): Promise<ScannerStatusListBody> {
    try {
      const scanners = await this.engine.inspect();
      const checked_at = this.clock.now().toISOString();
      return { scanners, can_advise: this.engine.canAdvise, checked_at };
    } catch (error) {
      // Whatever went wrong, the next caller looks again instead of being told for a minute.
      this.answer = null;
      throw error;
    }
  }
}
