import type { Severity } from '@securescan/contracts';
import type { Finding } from '../model/finding';

/** What a project decided about its findings, gathered from its configuration and its baseline. */
export interface ScanPolicy {
  /** By the exact id of a rule. */
  readonly severityOverrides: ReadonlyMap<string, Severity>;
  /** What is known and suppressed as `baseline`; empty where there is none. */
  readonly baseline: readonly Finding[];
  /** False where somebody asked to see everything: then nothing is suppressed. */
  readonly isSuppressing: boolean;
}

/** Nothing was decided. */
export const NO_POLICY: ScanPolicy = {
  severityOverrides: new Map(),
  baseline: [],
  isSuppressing: true,
};
