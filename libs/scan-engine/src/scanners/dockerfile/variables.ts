/** Variables that are known at a place; `null` for one that is declared without a value. */
export type Variables = ReadonlyMap<string, string | null>;

const VARIABLE =
  /\$(?:(?<plain>[A-Za-z_]\w*)|\{(?<braced>[A-Za-z_]\w*)(?::?(?<operator>[-+])(?<word>[^{}]*))?\})/gu;

/**
 * Replaces `$name`, `${name}`, `${name:-word}` and `${name:+word}`; `null` where a value is only known at build time, or
 * the text uses other forms.
 */
export function expandVariables(text: string, variables: Variables): string | null {
  let expanded = '';
  let rest = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const value = valueOf(match.groups ?? {}, variables);
    if (value === null) return null;
    expanded += text.slice(rest, match.index) + value;
    rest = match.index + match[0].length;
  }
  expanded += text.slice(rest);
  return expanded.includes('$') ? null : expanded;
}

function valueOf(
  groups: Readonly<Record<string, string | undefined>>,
  variables: Variables,
): string | null {
  const value = variables.get(groups['plain'] ?? groups['braced'] ?? '') ?? null;
  const word = groups['word'] ?? '';
  switch (groups['operator']) {
    case '+':
      return value === null ? '' : word;
    case '-':
      return value === null || value === '' ? word : value;
    default:
      return value;
  }
}
