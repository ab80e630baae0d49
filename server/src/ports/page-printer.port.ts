export interface PrintOrder {
  /** A page in HTML, in pieces. It must hold all that it shows. */
  readonly page: AsyncIterable<string>;
  /** Aborting it ends the browser; what was asked for then rejects. */
  readonly signal: AbortSignal;
}

/** Prints pages as PDF, one at a time. */
export abstract class PagePrinter {
  /**
   * Rejects with OperationalError TOOL_NOT_FOUND where nothing here can print, REPORTS_BUSY while another page is being printed,
   * TOOL_TIMEOUT and TOOL_FAILED; and when the signal is aborted. By then nothing of the browser runs.
   */
  abstract print(order: PrintOrder): Promise<Uint8Array>;
}
