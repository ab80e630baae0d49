import {
  VERDICTS_WITH_REASON,
  type Verdict,
  type VerdictChangeCause,
  type VerdictReason,
} from '@securescan/contracts';

/** A verdict as people read it, and the key that gives it. */
export const VERDICT_WORDS: Readonly<
  Record<Verdict, { readonly label: string; readonly meaning: string; readonly key: string }>
> = {
  new: { label: 'New', meaning: 'nobody has decided', key: 'n' },
  triaged: { label: 'Triaged', meaning: 'seen, and to be dealt with', key: 't' },
  false_positive: { label: 'False positive', meaning: 'the scanner is wrong', key: 'f' },
  accepted_risk: { label: 'Accepted risk', meaning: 'right, and we live with it', key: 'a' },
  fixed: { label: 'Fixed', meaning: 'dealt with', key: 'd' },
  wont_fix: { label: "Won't fix", meaning: 'right, and we leave it', key: 'w' },
};

export const REASON_WORDS: Readonly<Record<VerdictReason, string>> = {
  component_not_present: 'The component is not there',
  code_not_present: 'The vulnerable code is not there',
  code_not_reachable: 'The code is never reached',
  requires_configuration: 'Only with a configuration that we do not use',
  requires_environment: 'Only in an environment that we do not have',
  protected_at_runtime: 'Stopped at run time',
  protected_at_perimeter: 'Stopped at the perimeter',
  protected_by_control: 'Stopped by another control',
};

export const CAUSE_WORDS: Readonly<Record<VerdictChangeCause, string>> = {
  decision: 'decided',
  comment: 'first comment',
  withdrawal: 'taken back',
  expiry: 'its time was over',
  regression: 'found again',
};

/** What says that a finding need not be dealt with: such findings are hidden unless they are asked for. */
export const DISMISSED = VERDICTS_WITH_REASON;

export function isDismissed(verdict: Verdict): boolean {
  return DISMISSED.some((one) => one === verdict);
}
