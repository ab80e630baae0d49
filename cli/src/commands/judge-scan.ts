import { countAtOrAbove, isActive, isComplete } from '@securescan/core';
import type { ScanDocument, ScannerOutcome } from '@securescan/core';
import type { ScanSettings } from '../options/scan-settings';
import { exitCodeOfScan } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { outcomeWords } from '../output/progress';
import { oneRow, writeNotice } from '../output/terminal';
import type { Terminal } from '../output/terminal';

/** What is suppressed is counted, whether or not it is listed. */
export function withVisible(
  document: ScanDocument,
  { showsSuppressed }: ScanSettings,
): ScanDocument {
  if (showsSuppressed !== false) return document;
  return { ...document, findings: document.findings.filter(isActive) };
}

/** The exit code, and why it is not 0. */
export function judgeScan(
  document: ScanDocument,
  settings: ScanSettings,
  terminal: Terminal,
): ExitCode {
  const { requiredScanners, isIncompleteAllowed, isQuiet } = settings;
  const missing = missingScanners(document.outcomes, requiredScanners);
  const isIncomplete = missing !== null;
  if (isIncomplete) {
    writeNotice(terminal, oneRow(`the scan is incomplete: ${missing}`, Infinity));
  }
  const reasons = gateReasons(document, settings);
  if (!isQuiet) for (const reason of reasons) writeNotice(terminal, reason);
  return exitCodeOfScan({ isGateReached: reasons.length > 0, isIncomplete, isIncompleteAllowed });
}

/** What a scan lacks, in words; `null` where it is complete. */
export function missingScanners(
  outcomes: readonly ScannerOutcome[],
  required: readonly string[],
): string | null {
  const missing = outcomes.filter((outcome) => isMissing(outcome, required));
  if (missing.length === 0) return isComplete(outcomes) ? null : 'no scanner completed';
  return missing.map((outcome) => `${outcome.scanner} ${outcomeWords(outcome)}`).join('; ');
}

/** Why the findings are too many or too bad. */
function gateReasons(
  document: ScanDocument,
  { threshold, mostFindings }: ScanSettings,
): readonly string[] {
  const active = document.findings.filter(isActive);
  const gated = threshold === null ? 0 : countAtOrAbove(active, threshold);
  const reasons: string[] = [];
  if (gated > 0 && threshold !== null)
    reasons.push(
      `${gated} ${gated === 1 ? 'finding is' : 'findings are'} of severity ${threshold} or worse`,
    );
  if (mostFindings !== null && active.length > mostFindings)
    reasons.push(
      `there are ${active.length} findings, and ${mostFindings} ${mostFindings === 1 ? 'is' : 'are'} let through`,
    );
  return reasons;
}

/** A tool that is not installed is reported and no failure, unless its scanner was required. */
function isMissing(outcome: ScannerOutcome, required: readonly string[]): boolean {
  if (outcome.status === 'completed') return false;
  return outcome.status !== 'skipped' || required.includes(outcome.scanner);
}
