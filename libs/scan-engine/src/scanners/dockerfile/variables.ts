/** Variables that are known at a place; `null` for one that is declared without a value. */
export type Variables = ReadonlyMap<string, string | null>;

const VARIABLE = /\\\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?([-+])([^{}]*))?\})/gu;
const ESCAPED_DOLLAR = '\\$';

/** Replaces `$name`, `${name}`, `${name:-word}` and `${name:+word}`; `null` where a value is only known at build time. */
export function expandVariables(text: string, variables: Variables): string | null {
  let isKnown = true;
  const expanded = text.replace(
    VARIABLE,
    (whole: string, plain?: string, braced?: string, operator?: string, word = '') => {
      if (whole === ESCAPED_DOLLAR) return '';
      const value = valueOf(variables.get(plain ?? braced ?? '') ?? null, operator, word);
      if (value === null) isKnown = false;
      return value ?? '';
    },
  );
  return isKnown && !expanded.includes('$') ? expanded : null;
}

function valueOf(value: string | null, operator: string | undefined, word: string): string | null {
  switch (operator) {
    case '+':
      return value === null ? '' : word;
    case '-':
      return value === null || value === '' ? word : value;
    default:
      return value;
  }
}
