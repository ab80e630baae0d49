import { SCAN_STATUSES } from '@securescan/contracts';
import {
  isTerminalStatus,
  OPEN_STATUSES,
  SCAN_TRANSITIONS,
  statusesBefore,
  TERMINAL_STATUSES,
} from './scan-lifecycle';

describe('the life of a scan', () => {
  it('ends in completed, failed or cancelled, and nothing follows', () => {
    expect(TERMINAL_STATUSES).toEqual(['completed', 'failed', 'cancelled']);
    expect(OPEN_STATUSES).toEqual(['pending', 'running']);
    for (const status of SCAN_STATUSES) {
      expect(isTerminalStatus(status)).toBe(SCAN_TRANSITIONS[status].length === 0);
    }
  });

  it('completes only what runs, and can be ended from every open status', () => {
    expect(statusesBefore('running')).toEqual(['pending']);
    expect(statusesBefore('completed')).toEqual(['running']);
    expect(statusesBefore('failed')).toEqual(['pending', 'running']);
    expect(statusesBefore('cancelled')).toEqual(['pending', 'running']);
    expect(statusesBefore('pending')).toEqual([]);
  });
});
