import type { JsonObject } from '@securescan/contracts';

/**
 * Who decided that a finding is shown but not counted. `import` is whoever made the document that the finding came with: nobody here
 * has seen the reason's source.
 */
export const SUPPRESSION_KINDS = ['inline', 'config', 'baseline', 'import'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

export interface Suppression {
  readonly kind: SuppressionKind;
  /** In the words of whoever decided; `null` where they gave none. */
  readonly reason: string | null;
}

const KIND = 'suppressed_by';
const REASON = 'suppression_reason';

/** The members of a finding's metadata that say so (reserved names). */
export function suppressionMetadata({ kind, reason }: Suppression): JsonObject {
  return { [KIND]: kind, ...(reason === null ? {} : { [REASON]: reason }) };
}

/** What a finding's metadata says of its suppression; `null` for an active finding. */
export function suppressionOf(finding: { readonly metadata: JsonObject }): Suppression | null {
  const told = finding.metadata[KIND];
  const reason = finding.metadata[REASON];
  const kind = SUPPRESSION_KINDS.find((known) => known === told);
  if (kind === undefined) return null;
  return { kind, reason: typeof reason === 'string' ? reason : null };
}

/** True for a finding that counts: in totals, gates and scores. */
export function isActive(finding: { readonly metadata: JsonObject }): boolean {
  return suppressionOf(finding) === null;
}

/** Metadata of a finding that is active after all. */
export function withoutSuppression(metadata: JsonObject): JsonObject {
  const { [KIND]: _kind, [REASON]: _reason, ...rest } = metadata;
  return rest;
}
