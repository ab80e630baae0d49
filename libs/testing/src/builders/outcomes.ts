import type { ScannerOutcome } from '@securescan/core';

/** How a scanner ended; well, unless the overrides say otherwise. */
export function anOutcome(overrides: Partial<ScannerOutcome> = {}): ScannerOutcome {
  return {
    scanner: 'semgrep',
    scanType: 'code',
    status: 'completed',
    reason: null,
    installHint: null,
    version: '1.2.3',
    rulePackDigest: null,
    durationMs: 1_500,
    exitCode: 0,
    filesAssessed: 10,
    filesSkipped: [],
    bytesAssessed: 2_048,
    findingsCount: 1,
    notes: [],
    stderrTail: null,
    ...overrides,
  };
}
