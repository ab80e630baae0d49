import type { ValueCheck } from './secret-pattern';

// All of these look at the captured value alone: a word elsewhere on the line or in the path proves nothing.

const WHOLE_REFERENCE = new RegExp(
  [
    String.raw`\$\{[^{}]{1,256}\}|\$\([^()]{1,256}\)|\{\{[^{}]{1,256}\}\}|#\{[^{}]{1,256}\}|<%[^%]{1,256}%>`,
    String.raw`\$[A-Za-z_]\w{0,60}|%[A-Za-z_]\w{0,60}%|%[sdv]|%\(\w{1,60}\)s|<[A-Za-z][\w -]{0,60}>`,
    String.raw`(?:process\.env|os\.environ|os\.getenv|env|secrets|vars?|config|settings|this|self|params|props|options|args)[.[][\w.$"'[\]]{1,256}`,
  ]
    .map((form) => `^(?:${form})$`)
    .join('|'),
);
const TEMPLATE = /\$\{|\$\(|\{\{|#\{|<%|%\(|^[<[{].{0,256}[>\]}]$/;
const ELLIPSIS = /\.{3}|\u2026|[*\u2022]{3}/;
/** What our own redaction and masking leave behind. */
const MASKED = /^(?:\[redacted|<[a-z0-9-]{1,40}:[0-9a-f]{4}>)|^[*\u2022]+$/;
/** `services.tokens.current`, `util_1.seedTokens`: a name in a program has few digits, where it has any. */
const DOTTED_NAME = /^(?!(?:\D*\d){3})[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;
const LONGEST_NAME = 60;
const PLACEHOLDER =
  /(?:^|[^a-z])(?:x{3,}|your|examples?|placeholder|changeme|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|with)?|insert|todo|fixme|fake|dummy|sample|redacted|foobar|lorem|null|none|undefined|test[-_ ]?key)(?:[^a-z]|$)|^your/i;
const DOCUMENTED_EXAMPLE = /example|placeholder|changeme|redacted/i;
/** What manuals write in the place of a password. */
const MANUAL_PASSWORD = /^(?:hunter2|guest|correct[-_ ]?horse[-_ ]?battery[-_ ]?staple)$/i;
const COMPOUND =
  /^(?:my|the|some|test|user|db|new|old|top|very|super|strong|secret|password|api|access|auth|client){0,4}(?:secret|password|passwd|pass|pwd|token|key)s?$/i;
const SHORTEST_PASSWORD = 4;
const WORDS = /^[A-Za-z]+(?:[-_.: ][A-Za-z]+)*$/;
const NAMING_WORD =
  /(?:^|[-_.: ])(?:api|key|secrets?|tokens?|password|passwd|passphrase|pass|pwd|credentials?|auth|bearer|jwt|value)(?:$|[-_.: ])/i;
const PATH = /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|[a-z]{2,10}:\/\/)[\w./\\:@~-]*$/;
const COUNTED = /0123456789|1234567890|9876543210|abcdefghij|deadbeef(?:deadbeef)/i;

/** Not a secret but the place where one comes from, or what was masked before. */
export function isReference(value: string): boolean {
  return MASKED.test(value) || WHOLE_REFERENCE.test(value);
}

/** `access_token`, `current-password`, `mySecret`: the value names what it stands for. */
function isNamingText(value: string): boolean {
  if (value.length >= 40 || !WORDS.test(value)) return false;
  return COMPOUND.test(value) || NAMING_WORD.test(value.replace(/([a-z])([A-Z])/g, '$1-$2'));
}

/** True where a value that a pattern captured is obviously no secret. Time is linear in its length. */
export function isFalsePositive(value: string, check: ValueCheck): boolean {
  if (isNoFixedText(value) || hasFewCharacters(value)) return true;
  switch (check) {
    case 'format':
      return DOCUMENTED_EXAMPLE.test(value);
    case 'password':
      return isNoPassword(value);
    case 'random':
      return (
        isPlaceholder(value) ||
        DOCUMENTED_EXAMPLE.test(value) ||
        (value.length < LONGEST_NAME && DOTTED_NAME.test(value)) ||
        !looksGenerated(value)
      );
  }
}

function isNoPassword(value: string): boolean {
  if (value.length < SHORTEST_PASSWORD || /\s/.test(value)) return true;
  return isPlaceholder(value) || MANUAL_PASSWORD.test(value) || PATH.test(value);
}

/** Made when the program runs, or cut short by whoever wrote it down. */
function isNoFixedText(value: string): boolean {
  return isReference(value) || TEMPLATE.test(value) || ELLIPSIS.test(value);
}

function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || isNamingText(value);
}

/** `aaaaaaaa`, `xxxx-xxxx`, `000000`. */
function hasFewCharacters(value: string): boolean {
  return value.length >= 6 && new Set(value.toLowerCase()).size <= 2;
}

/** Generated values have digits and letters, and use many different ones. */
function looksGenerated(value: string): boolean {
  if (COUNTED.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return entropyPerCharacter(value) >= 3;
}

function entropyPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}
