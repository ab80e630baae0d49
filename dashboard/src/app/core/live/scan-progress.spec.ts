import { SCAN_EVENT_NAMES } from '@securescan/contracts';
import { aScan, anOutcome, eventBody } from '../../../test/wire-samples';
import type { LiveMessage } from './scan-event-stream';
import { NO_PROGRESS, type ScanProgress, advance } from './scan-progress';

const START = {
  target: '/srv/shop',
  scan_types: ['code'],
  scanner_count: 2,
  scanners: ['semgrep', 'secrets'],
};

function fold(...messages: LiveMessage[]): ScanProgress {
  return messages.reduce(advance, NO_PROGRESS);
}

function event(...args: Parameters<typeof eventBody>): LiveMessage {
  return { kind: 'event', body: eventBody(...args) };
}

describe('the progress of a scan', () => {
  it('lists every announced scanner as queued, in the order of the announcement', () => {
    const progress = fold(event('scan.start', 1, START));
    expect(progress.status).toBe('running');
    expect(progress.startedAt).not.toBeNull();
    expect(progress.scanners.map(({ scanner, phase }) => [scanner, phase])).toEqual([
      ['semgrep', 'queued'],
      ['secrets', 'queued'],
    ]);
  });

  it('follows each scanner to its end', () => {
    const progress = fold(
      event('scan.start', 1, START),
      event('scanner.start', 2, { scanner: 'secrets' }),
      event('scanner.complete', 3, {
        scanner: 'secrets',
        duration_s: 1.5,
        findings_count: 4,
        outcome: anOutcome(),
      }),
      event('scanner.failed', 4, {
        scanner: 'semgrep',
        duration_s: 300,
        error: 'took too long',
        timed_out: true,
        outcome: anOutcome({ scanner: 'semgrep', status: 'timed_out' }),
      }),
    );
    expect(progress.scanners).toEqual([
      expect.objectContaining({ scanner: 'semgrep', phase: 'timed_out', reason: 'took too long' }),
      expect.objectContaining({
        scanner: 'secrets',
        phase: 'completed',
        seconds: 1.5,
        findings: 4,
      }),
    ]);
  });

  it('shows a scanner that nobody announced', () => {
    const progress = fold(
      event('scanner.skipped', 1, {
        scanner: 'bandit',
        reason: 'not installed',
        install_hint: 'pip install bandit',
        outcome: anOutcome({ scanner: 'bandit', status: 'skipped' }),
      }),
    );
    expect(progress.scanners).toEqual([
      expect.objectContaining({
        scanner: 'bandit',
        phase: 'skipped',
        hint: 'pip install bandit',
      }),
    ]);
  });

  it('takes outcomes from a poll and keeps what it does not mention', () => {
    const scan = aScan({ status: 'running', scanner_outcomes: [anOutcome()] });
    const progress = fold(event('scan.start', 1, START), { kind: 'polled', scan });
    expect(progress.scanners.map(({ phase }) => phase)).toEqual(['queued', 'completed']);
  });

  it('shows what a poll knows where no event has come', () => {
    const started_at = '2026-03-01T10:00:01.000Z';
    const scan = aScan({ status: 'running', started_at, scanner_outcomes: [anOutcome()] });
    const progress = fold({ kind: 'polled', scan });
    expect(progress).toMatchObject({ status: 'running', startedAt: started_at });
    expect(progress.scanners.map(({ phase }) => phase)).toEqual(['completed']);
  });

  it('knows a status for every event that ends a scan', () => {
    const ends = SCAN_EVENT_NAMES.filter(
      (name) => name.startsWith('scan.') && name !== 'scan.start',
    );
    expect(ends.map((name) => fold(event(name, 1)).status)).toEqual([
      'completed',
      'failed',
      'cancelled',
    ]);
  });
});
