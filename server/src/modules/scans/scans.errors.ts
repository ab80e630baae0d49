import type { ScanStatus } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import { FieldsRefusedError } from '../../common/http.errors';

export class ScanNotFoundError extends UserError {
  constructor() {
    super('SCAN_NOT_FOUND', 'There is no scan with this id.');
  }
}

export class ScanNotCompletedError extends UserError {
  constructor(status: ScanStatus) {
    super('SCAN_NOT_COMPLETED', `The scan is ${status}; there is a report once it has completed.`);
  }
}

export class ScanNotTerminalError extends UserError {
  constructor(status: ScanStatus) {
    super('SCAN_NOT_TERMINAL', `The scan is still ${status}; cancel it before you delete it.`);
  }
}

export class ScanAlreadyTerminalError extends UserError {
  constructor(status: ScanStatus) {
    super(
      'SCAN_ALREADY_TERMINAL',
      `The scan has ended (${status}), so there is nothing to cancel.`,
    );
  }
}

/** A target that is refused, by the field that names it. */
abstract class TargetRefusedError extends FieldsRefusedError {
  constructor(code: 'TARGET_NOT_FOUND' | 'TARGET_NOT_ALLOWED', message: string, loc: string) {
    super(code, message, [{ loc, message }]);
  }
}

export class TargetNotFoundError extends TargetRefusedError {
  constructor(path: string, loc: string) {
    const message = `There is no directory or regular file at ${path} that this server can read.`;
    super('TARGET_NOT_FOUND', message, loc);
  }
}

export class TargetNotAllowedError extends TargetRefusedError {
  constructor(path: string, loc: string) {
    const message = `${path} is outside the directories that may be scanned. Name its directory in SECURESCAN_SCAN_ROOTS (a list as in PATH) and restart the server.`;
    super('TARGET_NOT_ALLOWED', message, loc);
  }
}

export class NetworkTargetNotAllowedError extends TargetRefusedError {
  constructor(reason: string, loc: string) {
    const message = `${reason}. Name the host or its CIDR range in SECURESCAN_NETWORK_TARGETS (separated by commas) and restart the server.`;
    super('TARGET_NOT_ALLOWED', message, loc);
  }
}

/** Somebody cancelled it, deleted it, or the server stops. */
export class ImportEndedError extends UserError {
  constructor() {
    super('SCAN_CANCELLED', 'The import was ended before all of it was stored; send it again.');
  }
}

export class ImportsBusyError extends OperationalError {
  constructor() {
    super(
      'IMPORTS_BUSY',
      'As many documents are being imported already as this server holds in memory; try again in a moment.',
    );
  }
}

export class ScanQueueFullError extends OperationalError {
  constructor(waiting: number) {
    super(
      'SCAN_QUEUE_FULL',
      `${waiting} scans wait already, which is as many as this server keeps. Try again when some have ended, or raise SECURESCAN_MAX_QUEUED_SCANS.`,
    );
  }
}
