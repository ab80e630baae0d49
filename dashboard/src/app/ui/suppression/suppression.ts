import type { FindingBody, JsonValue } from '@securescan/contracts';

const DECIDED_BY = {
  inline: 'by a comment in the code',
  config: 'by the configuration',
  baseline: 'by the baseline',
  import: 'by the imported document',
} as const;

export type SuppressionKind = keyof typeof DECIDED_BY;

export interface Suppression {
  readonly kind: SuppressionKind;
  /** In the words of whoever decided; `null` where they gave none. */
  readonly reason: string | null;
}

/** What a finding's metadata says of its suppression; `null` for one that counts. */
export function suppressionOf({ metadata }: Pick<FindingBody, 'metadata'>): Suppression | null {
  const kind = metadata['suppressed_by'];
  const reason = metadata['suppression_reason'];
  if (!isKind(kind)) return null;
  return { kind, reason: typeof reason === 'string' && reason !== '' ? reason : null };
}

function isKind(value: JsonValue | undefined): value is SuppressionKind {
  return typeof value === 'string' && Object.hasOwn(DECIDED_BY, value);
}

/** `by the configuration: test data`. */
export function suppressionWords({ kind, reason }: Suppression): string {
  return `${DECIDED_BY[kind]}${reason === null ? ', no reason given' : `: ${reason}`}`;
}

/** `3 suppressed`, or `null` where nothing is: what does not count is still counted. */
export function suppressedWords(count: number): string | null {
  return count > 0 ? `${count} suppressed` : null;
}
