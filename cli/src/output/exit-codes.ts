import { SecureScanError } from '@securescan/core';
import { ScanCancelledError } from '@securescan/scan-engine';
import { InterruptedError } from '../interruption';

export const EXIT_CODES = {
  clean: 0,
  gateReached: 1,
  usage: 2,
  incomplete: 3,
  defect: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** What a thrown error ends the program with. What we did not throw on purpose is a defect of ours. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof ScanCancelledError || error instanceof InterruptedError) {
    return EXIT_CODES.interrupted;
  }
  if (!(error instanceof SecureScanError)) return EXIT_CODES.defect;
  switch (error.kind) {
    case 'user':
      return EXIT_CODES.usage;
    case 'operational':
      return EXIT_CODES.incomplete;
    case 'defect':
      return EXIT_CODES.defect;
  }
}

export interface ScanVerdict {
  readonly isGateReached: boolean;
  readonly isIncomplete: boolean;
  readonly isIncompleteAllowed: boolean;
}

/** What a scan that came to its end ends the program with: the gate counts for more than what is missing. */
export function exitCodeOfScan(verdict: ScanVerdict): ExitCode {
  if (verdict.isGateReached) return EXIT_CODES.gateReached;
  return verdict.isIncomplete && !verdict.isIncompleteAllowed
    ? EXIT_CODES.incomplete
    : EXIT_CODES.clean;
}
