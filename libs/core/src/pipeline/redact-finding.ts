import type { JsonObject, JsonValue } from '@securescan/contracts';
import type { ParsedFinding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { sortedObject } from '../order/sorted-json';
import { isReference } from '../secrets/false-positive';
import { redactSecrets } from '../secrets/redact';

/** The value beside such a key is a secret although it looks like any text. */
const SECRET_NAME =
  /(?:secret|passwd|password|passphrase|pwd|token|api[-_]?key|private[-_]?key|credentials?)$/i;

type Texts = Pick<ParsedFinding, 'title' | 'description' | 'remediation' | 'metadata'>;

/** The texts of a finding with every secret replaced, metadata at every depth included, its keys sorted. */
export function redactTexts(finding: Texts): Texts {
  return {
    title: redactSecrets(finding.title),
    description: redactSecrets(finding.description),
    remediation: finding.remediation === null ? null : redactSecrets(finding.remediation),
    metadata: sortedObject(redactObject(finding.metadata)),
  };
}

/** An outcome whose reason and notes may be stored, streamed and shown: tools print what they choke on. */
export function redactOutcome(outcome: ScannerOutcome): ScannerOutcome {
  return {
    ...outcome,
    reason: outcome.reason === null ? null : redactSecrets(outcome.reason),
    notes: outcome.notes.map(redactSecrets),
  };
}

function redactObject(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, redactMember(key, value)]),
  );
}

function redactMember(key: string, value: JsonValue): JsonValue {
  const isSecret = typeof value === 'string' && value !== '' && SECRET_NAME.test(key);
  return isSecret && !isReference(value) ? '[redacted generic-secret]' : redactValue(value);
}

function redactValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactValue);
  return value !== null && typeof value === 'object' ? redactObject(value) : value;
}
