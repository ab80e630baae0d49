import type { FindingStateBody, Verdict, VerdictReason } from '@securescan/contracts';
import { type Decision, type Reach, takesReason } from './verdict-steps';

/** A verdict as it is being written. */
export interface VerdictDraft {
  readonly status: Verdict;
  readonly reach: Reach;
  readonly reason: VerdictReason | '';
  /** The last day on which it counts, in UTC; empty for no end. */
  readonly lastDay: string;
  readonly assignee: string;
  readonly note: string;
}

export function draftOf(state: FindingStateBody | null): VerdictDraft {
  return {
    status: state?.status ?? 'new',
    reach: 'project',
    reason: state?.reason ?? '',
    lastDay: state?.until?.slice(0, 10) ?? '',
    assignee: state?.assignee ?? '',
    note: state?.note ?? '',
  };
}

/** What the draft decides. `former` keeps its exact end where nobody changed the day. */
export function decisionOfDraft(draft: VerdictDraft, former: FindingStateBody | null): Decision {
  const isUntouched = former?.until?.slice(0, 10) === draft.lastDay;
  const until = isUntouched ? former.until : `${draft.lastDay}T23:59:59.999Z`;
  return {
    status: draft.status,
    note: draft.note.trim() === '' ? null : draft.note,
    assignee: draft.assignee.trim() === '' ? null : draft.assignee.trim(),
    reason: draft.reason !== '' && takesReason(draft.status) ? draft.reason : null,
    until: draft.lastDay === '' || draft.status === 'new' ? null : until,
  };
}
