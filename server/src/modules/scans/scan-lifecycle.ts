import { SCAN_STATUSES, type ScanStatus } from '@securescan/contracts';

/** Where a scan may go from each status. Every change of status is a conditional update along this table. */
export const SCAN_TRANSITIONS = {
  pending: ['running', 'failed', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Readonly<Record<ScanStatus, readonly ScanStatus[]>>;

/** Statuses from which a scan may enter the given one. */
export function statusesBefore(next: ScanStatus): ScanStatus[] {
  return SCAN_STATUSES.filter((status) =>
    SCAN_TRANSITIONS[status].some((allowed) => allowed === next),
  );
}

/** True where nothing follows any more. */
export function isTerminalStatus(status: ScanStatus): boolean {
  return SCAN_TRANSITIONS[status].length === 0;
}

export const TERMINAL_STATUSES: readonly ScanStatus[] = SCAN_STATUSES.filter(isTerminalStatus);
export const OPEN_STATUSES: readonly ScanStatus[] = SCAN_STATUSES.filter(
  (status) => !isTerminalStatus(status),
);

/** `error` of a scan that a stop or a crash of the server ended. */
export const INTERRUPTED = 'interrupted';
/** `error` of a scan that somebody cancelled. */
export const CANCELLED_ON_REQUEST = 'Cancelled on request.';
