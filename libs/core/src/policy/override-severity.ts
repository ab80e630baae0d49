import type { JsonObject, Severity } from '@securescan/contracts';
import type { ScanPolicy } from './scan-policy';

/** Of metadata; holds what the scanner said before the project's word took its place. */
const ORIGINAL = 'original_severity';

interface Judged {
  severity: Severity;
  metadata: JsonObject;
}

/** What the scanner itself said, where a project overruled it; `null` where it did not. */
export function originalSeverityOf({ metadata }: { readonly metadata: JsonObject }): string | null {
  const original = metadata[ORIGINAL];
  return typeof original === 'string' ? original : null;
}

/** Metadata of a tool, without the name that is ours alone. */
export function withoutOriginalSeverity(metadata: JsonObject): JsonObject {
  const { [ORIGINAL]: _original, ...rest } = metadata;
  return rest;
}

/** The severity that the project gave the rule, if it gave one: it then stands in the place of the scanner's, which is kept. */
export function overruled(
  ruleId: string,
  judged: Judged,
  { severityOverrides }: Pick<ScanPolicy, 'severityOverrides'>,
): Judged {
  const severity = severityOverrides.get(ruleId);
  if (severity === undefined) return judged;
  return { severity, metadata: { ...judged.metadata, [ORIGINAL]: judged.severity } };
}
