import type { FindingBody } from '@securescan/contracts';

export type SuppressionKind = 'inline' | 'config' | 'baseline';

export interface Suppression {
  readonly kind: SuppressionKind;
  /** In the words of whoever decided; `null` where they gave none. */
  readonly reason: string | null;
}

const DECIDED_BY: Readonly<Record<SuppressionKind, string>> = {
  inline: 'by a comment in the code',
  config: 'by the configuration',
  baseline: 'by the baseline',
};

/** What a finding's metadata says of its suppression; `null` for one that counts. */
export function suppressionOf({ metadata }: Pick<FindingBody, 'metadata'>): Suppression | null {
  const kind = metadata['suppressed_by'];
  const reason = metadata['suppression_reason'];
  if (kind !== 'inline' && kind !== 'config' && kind !== 'baseline') return null;
  return { kind, reason: typeof reason === 'string' && reason !== '' ? reason : null };
}

/** `by the configuration: test data`. */
export function suppressionWords({ kind, reason }: Suppression): string {
  return `${DECIDED_BY[kind]}${reason === null ? ', no reason given' : `: ${reason}`}`;
}

/** `3 suppressed`, or `null` where nothing is: what does not count is still counted. */
export function suppressedWords(count: number): string | null {
  return count > 0 ? `${count} suppressed` : null;
}
