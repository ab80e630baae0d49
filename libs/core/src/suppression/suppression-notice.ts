import type { SuppressionNoticeBody } from '@securescan/contracts';
import { compareCodePoints } from '../order/compare-code-points';

/** Something to be said of a suppression itself: it does nothing, no longer, or not what was meant. */
export interface SuppressionNotice {
  readonly kind: SuppressionNoticeBody['kind'];
  readonly source: SuppressionNoticeBody['source'];
  /** `null` for the configuration. */
  readonly filePath: string | null;
  readonly line: number;
  readonly rule: string | null;
  /** A sentence without its full stop, to be said behind the place. */
  readonly message: string;
}

const MAX_NOTICES = 500;

/** Each once, in the order of the places; of very many the first. */
export function inOrder(notices: readonly SuppressionNotice[]): SuppressionNotice[] {
  const byText = new Map(notices.map((notice) => [JSON.stringify(notice), notice]));
  return [...byText.values()].sort(compareNotices).slice(0, MAX_NOTICES);
}

function compareNotices(a: SuppressionNotice, b: SuppressionNotice): number {
  return (
    compareCodePoints(a.filePath ?? '', b.filePath ?? '') ||
    a.line - b.line ||
    compareCodePoints(a.kind, b.kind) ||
    compareCodePoints(a.rule ?? '', b.rule ?? '') ||
    compareCodePoints(a.message, b.message)
  );
}
