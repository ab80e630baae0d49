import type { ComparisonSide } from '@securescan/contracts';
import type { UserError } from '@securescan/core';
import { FieldsRefusedError } from '../../common/http.errors';

/** One of the two scans cannot be compared, for whatever reason the scan itself gives. */
export class ComparedScanRefusedError extends FieldsRefusedError {
  constructor(side: ComparisonSide, { code, message }: UserError) {
    super(code, `${side}: ${message}`, [{ loc: side, message }]);
  }
}

/** Two scans that are about different things: what one of them lacks, it never looked for. */
export class ScansNotComparableError extends FieldsRefusedError {
  constructor(reason: string) {
    const message = `The scans cannot be compared: ${reason}.`;
    super('SCANS_NOT_COMPARABLE', message, [{ loc: 'head', message }]);
  }
}
