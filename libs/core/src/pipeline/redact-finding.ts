import type { JsonObject, JsonValue } from '@securescan/contracts';
import { mapSorted } from '../order/sorted-json';
import { isReference } from '../secrets/false-positive';

/** The value beside such a key is a secret although it looks like any text. */
const SECRET_NAME =
  /(?:secret|passwd|password|passphrase|pwd|token|api[-_]?key|private[-_]?key|credentials?)$/i;

type Redact = (text: string) => string;

/** Metadata with every secret replaced at every depth, its keys sorted by code point. */
export function redactMetadata(metadata: JsonObject, redact: Redact): JsonObject {
  return mapSorted(metadata, (key, value) => redactMember(key, value, redact));
}

/** One member of metadata, redacted by its value and by what its key says of it. */
export function redactMember(key: string, value: JsonValue, redact: Redact): JsonValue {
  const isSecret = typeof value === 'string' && value !== '' && SECRET_NAME.test(key);
  return isSecret && !isReference(value) ? '[redacted generic-secret]' : redactValue(value, redact);
}

function redactValue(value: JsonValue, redact: Redact): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  return value !== null && typeof value === 'object' ? redactMetadata(value, redact) : value;
}
