import { baseName } from '../paths';
import { isFalsePositiveSecret } from '@securescan/core';
import { isSecretName } from '../secret-name';

const NAME = /^(?:\.env(?:\..+)?|.+\.env)$/u;
const TEMPLATE = /\.(?:example|sample|template|tmpl|dist|defaults?)(?:\.|$)/u;
const ASSIGNMENT = /^\s*(?:export\s+)?(?<key>[A-Za-z_][\w.-]*)\s*=\s*(?<rest>.*)$/u;
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/[^@]*$/iu;
const SWITCH = /^(?:true|false|yes|no|on|off|none|null)$/iu;
const MIN_LENGTH = 6;

export interface EnvSecret {
  readonly key: string;
  /** Offsets of the value in the line, without its quotes; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** `.env`, `.env.production`, `web.env`; not the templates that show which keys there are. */
export function isEnvFile(path: string): boolean {
  const name = baseName(path);
  return NAME.test(name) && !TEMPLATE.test(name);
}

/** The secret that a line of such a file sets, judged by the key's name and the value. */
export function readEnvLine(line: string): EnvSecret | null {
  const groups = ASSIGNMENT.exec(line)?.groups;
  const key = groups?.['key'] ?? '';
  if (groups === undefined || !isSecretName(key)) return null;
  const rest = groups['rest'] ?? '';
  const value = unquote(rest);
  if (!looksLikeValue(value.text)) return null;
  const start = line.length - rest.length + value.at;
  return { key, start, end: start + value.text.length };
}

/** A quoted value ends at its quote, a bare one at a comment or the end of the line. */
function unquote(rest: string): { text: string; at: number } {
  const quote = rest.charAt(0);
  if (quote === '"' || quote === "'") {
    const end = rest.indexOf(quote, 1);
    return { text: rest.slice(1, end === -1 ? undefined : end), at: 1 };
  }
  return { text: rest.replace(/\s+#.*$/u, '').trimEnd(), at: 0 };
}

function looksLikeValue(value: string): boolean {
  if (value.length < MIN_LENGTH || SWITCH.test(value) || ADDRESS.test(value)) return false;
  return !isFalsePositiveSecret(value, 'password');
}
