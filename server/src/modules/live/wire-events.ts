import type { ScanEventName, ScanEventPayloads } from '@securescan/contracts';
import { toOutcomeBody, type ScannerOutcome } from '@securescan/core';
import type { ScanDomainEvents } from '../scans/scans.events';

const MAX_ERROR_LENGTH = 200;

/** An event as the stream names it, before it has a place in the stream. */
export type WireEvent = {
  [K in ScanEventName]: { readonly event: K; readonly payload: ScanEventPayloads[K] };
}[ScanEventName];

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}

export function startedEvent(fact: ScanDomainEvents['scan.started']): WireEvent {
  return {
    event: 'scan.start',
    payload: {
      target: fact.target,
      scan_types: [...fact.scanTypes],
      scanner_count: fact.scanners.length,
      scanners: [...fact.scanners],
    },
  };
}

/** How a scanner ended; one that could not run at all was skipped, any other trouble is a failure. */
export function outcomeEvent(outcome: ScannerOutcome): WireEvent {
  const { scanner, durationMs, findingsCount } = outcome;
  const reason = outcome.reason ?? outcome.status;
  const body = toOutcomeBody(outcome);
  if (outcome.status === 'completed') {
    const payload = {
      scanner,
      duration_s: seconds(durationMs),
      findings_count: findingsCount,
      outcome: body,
    };
    return { event: 'scanner.complete', payload };
  }
  if (outcome.status === 'skipped') {
    const payload = { scanner, reason, install_hint: outcome.installHint, outcome: body };
    return { event: 'scanner.skipped', payload };
  }
  return {
    event: 'scanner.failed',
    payload: {
      scanner,
      duration_s: seconds(durationMs),
      error: reason.slice(0, MAX_ERROR_LENGTH),
      timed_out: outcome.status === 'timed_out',
      outcome: body,
    },
  };
}

export function completedEvent(fact: ScanDomainEvents['scan.completed']): WireEvent {
  return {
    event: 'scan.complete',
    payload: {
      target: fact.target,
      duration_s: seconds(fact.durationMs),
      scanner_count: fact.scannersRun.length,
      findings_count: fact.findingsCount,
      risk_score: fact.riskScore,
      scanners_run: [...fact.scannersRun],
      scanners_skipped: [...fact.scannersSkipped],
    },
  };
}

export function failedEvent(error: string): WireEvent {
  return { event: 'scan.failed', payload: { error: error.slice(0, MAX_ERROR_LENGTH) } };
}
