import {
  SCAN_ORIGINS,
  SCAN_TYPES,
  SEVERITIES,
  VERDICT_CHANGE_CAUSES,
  VERDICT_REASONS,
  VERDICTS,
  type BulkDecisionBody,
  type FindingCommentBody,
  type FindingOverviewBody,
  type FindingPlaceBody,
  type FindingSightingBody,
  type FindingStateBody,
  type FindingVerdictsBody,
  type FindingWithStateBody,
  type TargetReferenceBody,
  type VerdictChangeBody,
} from '@securescan/contracts';
import { finding, findingState } from './wire';
import { targetReference } from './wire-current';
import { flag, list, nullable, number, object, oneOf, text, type WireParser } from './wire-parser';

/** What the hash chain says of a change is for `securescan audit verify`. */
export type ListedChange = Omit<VerdictChangeBody, 'previous_hash' | 'hash'>;

const placing = object<{ target: TargetReferenceBody; last_seen: string }>({
  target: targetReference,
  last_seen: text,
});

/** A finding with where its target is, as the list over all scans has it. */
export interface PlacedFinding {
  readonly finding: FindingWithStateBody;
  readonly target: TargetReferenceBody;
  readonly last_seen: string;
}

const placedFinding: WireParser<PlacedFinding> = (value, at) => ({
  finding: finding(value, at),
  ...placing(value, at),
});

const verdicts = {
  fingerprint: text,
  state: nullable(findingState),
  everywhere: nullable(findingState),
  in_project: nullable(findingState),
};

const sighting = { scan_id: text, project: text, seen_at: text };
const seen = nullable(object<FindingSightingBody>(sighting));

const place = object<FindingPlaceBody>({
  ...sighting,
  origin: oneOf(SCAN_ORIGINS),
  id: text,
  occurrence: number,
  scanner: text,
  scan_type: oneOf(SCAN_TYPES),
  severity: oneOf(SEVERITIES),
  title: text,
  rule_id: text,
  cwe: nullable(text),
  file_path: nullable(text),
  line_start: nullable(number),
  line_end: nullable(number),
  suppressed: flag,
});

const overview = object<FindingOverviewBody>({
  ...verdicts,
  latest: nullable(place),
  first_seen: seen,
  last_seen: seen,
  first_imported: seen,
  last_imported: seen,
  scans_count: number,
  imports_count: number,
  places_count: number,
  history_count: number,
  comments_count: number,
});

const change = object<ListedChange>({
  seq: number,
  fingerprint: text,
  project: nullable(text),
  cause: oneOf(VERDICT_CHANGE_CAUSES),
  from_status: nullable(oneOf(VERDICTS)),
  to_status: nullable(oneOf(VERDICTS)),
  note: nullable(text),
  reason: nullable(oneOf(VERDICT_REASONS)),
  assignee: nullable(text),
  until: nullable(text),
  changed_at: text,
  changed_by: nullable(text),
});

const comment = object<FindingCommentBody>({
  id: text,
  fingerprint: text,
  project: nullable(text),
  text,
  author: nullable(text),
  created_at: text,
});

const bulk = object<BulkDecisionBody>({
  dry_run: flag,
  matched: number,
  changed: number,
  unknown: list(text),
  sample: list(
    object<{ fingerprint: string; before: FindingStateBody | null }>({
      fingerprint: text,
      before: nullable(findingState),
    }),
  ),
});

export const parsePlacedFindings = (value: unknown): PlacedFinding[] =>
  list(placedFinding)(value, 'findings');
export const parseState = (value: unknown): FindingStateBody => findingState(value, 'state');
export const parseVerdicts = (value: unknown): FindingVerdictsBody =>
  object<FindingVerdictsBody>(verdicts)(value, 'verdicts');
export const parseOverview = (value: unknown): FindingOverviewBody => overview(value, 'finding');
export const parsePlaces = (value: unknown): FindingPlaceBody[] => list(place)(value, 'places');
export const parseChanges = (value: unknown): ListedChange[] => list(change)(value, 'history');
export const parseComments = (value: unknown): FindingCommentBody[] =>
  list(comment)(value, 'comments');
export const parseBulk = (value: unknown): BulkDecisionBody => bulk(value, 'decision');
