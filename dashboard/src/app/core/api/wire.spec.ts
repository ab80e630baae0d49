import { ResponseShapeError } from '../errors/problem';
import { aFinding, aScan, aScannerStatus, aSummary } from '../../../test/wire-samples';
import { parseFindings, parseScan, parseScannerStatuses, parseScans, parseSummary } from './wire';
import { parseScanEvent } from './wire-events';

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    // Expected: that is what is being looked at.
    if (error instanceof ResponseShapeError) return error.at;
    throw error;
  }
  return 'accepted';
}

describe('the guards of the API', () => {
  it('give back what the contract describes', () => {
    expect(parseScan(aScan())).toEqual(aScan());
    expect(parseFindings([aFinding()])).toEqual([aFinding()]);
    expect(parseSummary(aSummary())).toEqual(aSummary());
    const statuses = {
      scanners: [aScannerStatus()],
      can_advise: false,
      checked_at: '2026-03-01T10:00:00.000Z',
    };
    expect(parseScannerStatuses(statuses)).toEqual(statuses);
  });

  it('drop fields that the contract does not know', () => {
    expect(parseScan({ ...aScan(), colour: 'red' })).toEqual(aScan());
  });

  it.each([
    ['scan.status', () => parseScan({ ...aScan(), status: 'sleeping' })],
    ['scan.findings_count', () => parseScan({ ...aScan(), findings_count: '2' })],
    ['scan.scanners_run', () => parseScan({ ...aScan(), scanners_run: null })],
    ['scans', () => parseScans({ scans: [] })],
    ['findings[1].metadata', () => parseFindings([aFinding(), { ...aFinding(), metadata: [] }])],
    ['scan', () => parseScan(null)],
  ])('name the place that is wrong: %s', (place, run) => {
    expect(refusal(run)).toBe(place);
  });

  it('check an event by its name', () => {
    const envelope = { scan_id: 's1', seq: 1, ts: '2026-03-01T10:00:00.000Z' };
    expect(parseScanEvent('scan.cancelled', envelope)).toEqual({
      event: 'scan.cancelled',
      data: envelope,
    });
    expect(refusal(() => parseScanEvent('scanner.start', envelope))).toBe('scanner.start.scanner');
  });
});
