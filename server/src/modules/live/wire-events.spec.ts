import type { OutcomeStatus } from '@securescan/contracts';
import { toOutcomeBody, type ScannerOutcome } from '@securescan/core';
import { anOutcome } from '@securescan/testing';
import { failedEvent, outcomeEvent } from './wire-events';

function ended(status: OutcomeStatus, reason: string | null = null): ScannerOutcome {
  return anOutcome({
    status,
    reason,
    installHint: 'pipx install semgrep',
    durationMs: 1234.5,
    findingsCount: 3,
  });
}

describe('the end of a scanner on the wire', () => {
  it('is an event of its own for each way to end', () => {
    expect(outcomeEvent(ended('completed'))).toMatchObject({
      event: 'scanner.complete',
      payload: { scanner: 'semgrep', duration_s: 1.23, findings_count: 3 },
    });
    expect(outcomeEvent(ended('skipped', 'not installed'))).toMatchObject({
      event: 'scanner.skipped',
      payload: {
        scanner: 'semgrep',
        reason: 'not installed',
        install_hint: 'pipx install semgrep',
      },
    });
    expect(outcomeEvent(ended('failed', 'exit code 2')).payload).toMatchObject({
      error: 'exit code 2',
      timed_out: false,
    });
    expect(outcomeEvent(ended('timed_out', 'too slow')).payload).toMatchObject({
      error: 'too slow',
      timed_out: true,
    });
  });

  it('carries the whole outcome, as the API shows it', () => {
    const outcome = ended('failed', 'exit code 2');
    expect(outcomeEvent(outcome).payload).toMatchObject({ outcome: toOutcomeBody(outcome) });
  });

  it('keeps errors short', () => {
    const long = 'x'.repeat(1000);
    expect(failedEvent(long).payload).toEqual({ error: 'x'.repeat(200) });
    expect(outcomeEvent(ended('failed', long)).payload).toMatchObject({ error: 'x'.repeat(200) });
  });
});
