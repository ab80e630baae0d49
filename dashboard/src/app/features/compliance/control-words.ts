import type { ControlCoverageBody, ControlState } from '@securescan/contracts';

export const STATE_WORDS: Readonly<Record<ControlState, string>> = {
  violated: 'violated',
  not_observed: 'not observed',
  not_tested: 'not tested',
};

/** What a state rests on. */
export function groundsOf({ state, tested_by, testable_by }: ControlCoverageBody): string {
  if (state === 'not_tested') {
    return testable_by.length === 0
      ? 'No scanner can speak to it'
      : `None of ${testable_by.join(', ')} completed`;
  }
  return tested_by.length === 0
    ? 'Told by an import: no scanner of ours tested it'
    : `Tested by ${tested_by.join(', ')}`;
}
