import { Injectable } from '@nestjs/common';
import { ReportsBusyError, ReportTooLargeError } from './reports.errors';

/** Some 400 MB. */
const MOST_OF_A_DOCUMENT = 250_000;
const MOST_AT_ONCE = 2 * MOST_OF_A_DOCUMENT;

/** Documents are made of whole findings, which stay in memory until the last reader has them, and readers may be slow. */
@Injectable()
export class HeldFindings {
  private held = 0;

  /** @returns what gives them back, once. @throws ReportTooLargeError @throws ReportsBusyError */
  claim(count: number): () => void {
    if (count > MOST_OF_A_DOCUMENT) throw new ReportTooLargeError(count, MOST_OF_A_DOCUMENT);
    if (this.held + count > MOST_AT_ONCE) throw new ReportsBusyError();
    this.held += count;
    let isHeld = true;
    return () => {
      if (isHeld) this.held -= count;
      isHeld = false;
    };
  }
}
