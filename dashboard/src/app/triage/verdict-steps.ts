import {
  type FindingStateBody,
  type FindingStateRequestBody,
  type Verdict,
  VERDICTS_WITH_REASON,
} from '@securescan/contracts';
import type { ListedFinding } from './finding-list';

/** Findings of one bulk request. The server takes 500. */
export const FINGERPRINTS_OF_A_REQUEST = 500;

/** Where a decision holds. */
export type Reach = 'project' | 'everywhere';

/** What somebody decides, without where. */
export type Decision = Omit<FindingStateRequestBody, 'project' | 'updated_by'>;

/** What a decision is about. */
export interface Decidable {
  readonly fingerprint: string;
  readonly project: string;
  /** What counts there now. */
  readonly state: FindingStateBody | null;
}

/** A verdict to go back to. */
export interface Former {
  readonly fingerprint: string;
  /** Where it held; `null` for everywhere. */
  readonly project: string | null;
  /** `null` where there was none in that place. */
  readonly verdict: FindingStateBody | null;
}

/** A finding as it was before a decision, and what the decision replaced. */
export interface Undoable {
  readonly subject: Decidable;
  readonly former: Former;
}

export function subjectOf({ finding, project }: ListedFinding): Decidable {
  return { fingerprint: finding.fingerprint, project, state: finding.state };
}

/** One and the same in the eyes of whoever decides: occurrences share their verdict. */
export function subjectKey({ fingerprint, project }: Omit<Decidable, 'state'>): string {
  return `${project}\n${fingerprint}`;
}

/**
 * A decision of one key. What it leaves out is taken away, so who looks after the finding and what was noted goes along; a
 * reason and an end belong to the verdict that they were given with.
 */
export function quickDecision(status: Verdict, state: FindingStateBody | null): Decision {
  const keeps = state?.status === status;
  return {
    status,
    note: state?.note ?? null,
    assignee: state?.assignee ?? null,
    reason: keeps ? (state.reason ?? null) : null,
    until: keeps ? (state.until ?? null) : null,
  };
}

export function takesReason(status: Verdict): boolean {
  return VERDICTS_WITH_REASON.some((one) => one === status);
}

/**
 * The verdict that a decision would replace; `undefined` where the list does not tell, because the project's own hides the
 * one for everywhere.
 */
export function formerOf(
  { fingerprint, project, state }: Decidable,
  reach: Reach,
): Former | undefined {
  if (reach === 'project') {
    return { fingerprint, project, verdict: state?.project === project ? state : null };
  }
  if (state !== null && state.project !== null) return undefined;
  return { fingerprint, project: null, verdict: state };
}

/** What counts once the decision holds: the project's own verdict stays before one for everywhere. */
export function stateAfter(
  subject: Decidable,
  decision: Decision,
  reach: Reach,
): FindingStateBody | null {
  const { state } = subject;
  if (reach === 'everywhere' && state !== null && state.project !== null) return state;
  return {
    fingerprint: subject.fingerprint,
    project: reach === 'project' ? subject.project : null,
    status: decision.status,
    note: decision.note ?? null,
    reason: decision.reason ?? null,
    assignee: decision.assignee ?? null,
    until: decision.until ?? null,
    updated_at: state?.updated_at ?? '',
    updated_by: null,
    regressed_at: null,
  };
}

/** The decision that says a former verdict again; one that is over meanwhile is said without its end. */
export function decisionOf(verdict: FindingStateBody | null, now: number): Decision {
  if (verdict === null) return { status: 'new' };
  const { status, note, reason, assignee, until } = verdict;
  const isOver = until !== null && Date.parse(until) <= now;
  return { status, note, reason, assignee, until: isOver ? null : until };
}

/** Many findings of one place with one decision, as many as a request takes. */
export interface BulkStep {
  readonly project: string | null;
  readonly decision: Decision;
  readonly fingerprints: readonly string[];
}

/** The requests that decide the same about all. */
export function bulkSteps(
  subjects: readonly Decidable[],
  decision: Decision,
  reach: Reach,
): readonly BulkStep[] {
  return stepsOf(
    subjects.map(({ fingerprint, project }) => ({
      fingerprint,
      project: reach === 'project' ? project : null,
      decision,
    })),
  );
}

/** The way back to former verdicts: what is decided again, many at a time, and what was not decided at all, one by one. */
export function stepsBack(
  formers: readonly Former[],
  now: number,
): { readonly again: readonly BulkStep[]; readonly withdrawn: readonly Former[] } {
  const withdrawn = formers.filter((one) => one.project !== null && one.verdict === null);
  const decided = formers.filter((one) => !withdrawn.includes(one));
  const again = stepsOf(
    decided.map(({ fingerprint, project, verdict }) => ({
      fingerprint,
      project,
      decision: decisionOf(verdict, now),
    })),
  );
  return { again, withdrawn };
}

function stepsOf(
  parts: readonly { fingerprint: string; project: string | null; decision: Decision }[],
): readonly BulkStep[] {
  const groups = new Map<
    string,
    { project: string | null; decision: Decision; all: Set<string> }
  >();
  for (const { fingerprint, project, decision } of parts) {
    const key = JSON.stringify([project, decision]);
    const group = groups.get(key) ?? { project, decision, all: new Set<string>() };
    groups.set(key, group);
    group.all.add(fingerprint);
  }
  return [...groups.values()].flatMap(({ project, decision, all }) => {
    const fingerprints = [...all];
    const steps: BulkStep[] = [];
    for (let from = 0; from < fingerprints.length; from += FINGERPRINTS_OF_A_REQUEST) {
      const some = fingerprints.slice(from, from + FINGERPRINTS_OF_A_REQUEST);
      steps.push({ project, decision, fingerprints: some });
    }
    return steps;
  });
}
