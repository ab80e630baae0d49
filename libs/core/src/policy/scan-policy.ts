import type { Severity } from '@securescan/contracts';
import type { IgnoredRule } from '../config/ignored-rules';
import { EMPTY_CONFIG, type ProjectConfig } from '../config/project-config';
import type { Finding } from '../model/finding';

/** What a project decided about its findings, gathered from its configuration and its baseline. */
export interface ScanPolicy {
  /** By the exact id of a rule. */
  readonly severityOverrides: ReadonlyMap<string, Severity>;
  readonly ignoredRules: readonly IgnoredRule[];
  /** What is known and suppressed as `baseline`; empty where there is none. */
  readonly baseline: readonly Finding[];
  /** False where somebody asked to see everything: then nothing is suppressed. */
  readonly isSuppressing: boolean;
  /** The day of the scan in UTC, `YYYY-MM-DD`: what is suppressed until an earlier one is active again. */
  readonly today: string;
}

/** A project's decisions as one scan needs them. */
export function policyOf(
  { severityOverrides, ignoredRules }: ProjectConfig,
  parts: Pick<ScanPolicy, 'baseline' | 'isSuppressing' | 'today'>,
): ScanPolicy {
  return { severityOverrides, ignoredRules, ...parts };
}

/** Nothing was decided, on a day before every other. */
export const NO_POLICY: ScanPolicy = policyOf(EMPTY_CONFIG, {
  baseline: [],
  isSuppressing: true,
  today: '0000-00-00',
});
