import { OperationalError, UserError } from '@securescan/core';

export class ReportTooLargeError extends UserError {
  constructor(findings: number, most: number) {
    super(
      'REPORT_TOO_LARGE',
      `A document holds ${String(most)} findings at most, and this would hold ${String(findings)}; take them from the list, page by page or as application/x-ndjson.`,
    );
  }
}

export class ReportsBusyError extends OperationalError {
  constructor() {
    super(
      'REPORTS_BUSY',
      'As many documents are being written already as this server holds in memory; try again in a moment.',
    );
  }
}
