import {
  type FindingStateRequestBody,
  VERDICTS_WITH_REASON,
  type Verdict,
} from '@securescan/contracts';
import { type FieldProblem, ValidationFailedError } from '../../common/http.errors';
import { instant } from '../../config/setting';
import type { VerdictContent } from './verdict-row';

/**
 * What a decision says, as rows hold it.
 * @throws ValidationFailedError where its parts do not go together.
 */
export function contentOf(
  { status, note, reason, assignee, until }: FindingStateRequestBody,
  now: Date,
): VerdictContent {
  const expiresAt = typeof until === 'string' ? timeOf(until) : null;
  const problems: FieldProblem[] = [];
  const takesReason = VERDICTS_WITH_REASON.some((verdict: Verdict) => verdict === status);
  if (typeof reason === 'string' && !takesReason) {
    const message = `reason goes with ${VERDICTS_WITH_REASON.join(', ')} only`;
    problems.push({ loc: 'reason', message });
  }
  if (expiresAt !== null && status === 'new') {
    problems.push({ loc: 'until', message: 'until does not go with new, which is what is left' });
  }
  if (expiresAt !== null && expiresAt <= now.toISOString()) {
    problems.push({ loc: 'until', message: 'until must lie in the future' });
  }
  if (problems.length > 0) throw new ValidationFailedError(problems);
  return {
    status,
    note: note ?? null,
    reason: reason ?? null,
    assignee: assignee ?? null,
    expiresAt,
  };
}

function timeOf(text: string): string {
  const parsed = instant(text);
  if ('value' in parsed) return parsed.value.toISOString();
  throw new ValidationFailedError([{ loc: 'until', message: `until ${parsed.problem}` }]);
}
