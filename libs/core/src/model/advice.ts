import { memberOf, objectOf, textOf } from '../json/untyped';
import type { Finding } from './finding';

/** What a language model said about a finding. Nobody has checked it. */
export interface Advice {
  readonly model: string;
  readonly text: string;
}

/** The advice in `metadata.ai_remediation` (D42); `null` where there is none. */
export function adviceOn({ metadata }: Pick<Finding, 'metadata'>): Advice | null {
  const advice = objectOf(metadata['ai_remediation']);
  const text = textOf(memberOf(advice, 'text'));
  return text === null ? null : { model: textOf(memberOf(advice, 'model')) ?? 'unknown', text };
}
