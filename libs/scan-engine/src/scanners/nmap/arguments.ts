import { shortened } from '../shortened';

/** The operator's words for nmap, or a sentence that says what is wrong with them. */
export type NmapArguments =
  | { readonly words: readonly string[]; readonly needsPrivileges: boolean }
  | { readonly refused: string };

const MAX_WORDS = 64;
const MAX_SHOWN = 40;
const MAX_PORT = 65_535;
const NUMBER = /^[1-9]\d{0,5}$/;
const PORT_RANGE = /^(?:[TUS]:)?(?:(\d{1,5})?-(\d{1,5})?|(\d{1,5}))$/;

/** Kinds of scan that send packets of their own making, which only root may. */
const PRIVILEGED: ReadonlySet<string> = new Set(['-sS', '-sU']);
const PLAIN: ReadonlySet<string> = new Set([
  '-T0',
  '-T1',
  '-T2',
  '-T3',
  '-T4',
  '-T5',
  '-Pn',
  '-sT',
  ...PRIVILEGED,
  '-F',
  '-r',
  '--version-light',
  '--version-all',
]);

const isNumber = (text: string): boolean => NUMBER.test(text);
const isTime = (text: string): boolean => /^\d{1,6}(?:ms|s|m)?$/.test(text);

/** Options with a value, each with what the value may be. */
const VALUED: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['-p', isPortList],
  ['--exclude-ports', isPortList],
  ['--top-ports', isNumber],
  ['--version-intensity', (text: string): boolean => /^\d$/.test(text)],
  ['--min-rate', isNumber],
  ['--max-rate', isNumber],
  ['--min-parallelism', isNumber],
  ['--max-parallelism', isNumber],
  ['--max-retries', (text: string): boolean => /^\d{1,3}$/.test(text)],
  ['--max-rtt-timeout', isTime],
  ['--initial-rtt-timeout', isTime],
  ['--scan-delay', isTime],
  ['--max-scan-delay', isTime],
]);

/**
 * Reads what the operator wants to add to nmap's command line. Only options that choose ports, pace and kind of scan are
 * taken: none that writes or reads a file, runs a script, names another target or disguises who scans. Pure.
 */
export function readNmapArguments(words: readonly string[]): NmapArguments {
  if (words.length > MAX_WORDS) return refusal(`more than ${String(MAX_WORDS)} words`);
  let rest = words;
  while (rest.length > 0) {
    const taken = takeOption(rest);
    if (typeof taken === 'string') return refusal(taken);
    rest = rest.slice(taken);
  }
  return { words, needsPrivileges: words.some((word) => PRIVILEGED.has(word)) };
}

/** How many words the first option takes, or what is wrong with it. */
function takeOption([word = '', next]: readonly string[]): number | string {
  if (PLAIN.has(word)) return 1;
  const [name, attached] = split(word);
  const accepts = VALUED.get(name);
  if (accepts === undefined)
    return `"${shortened(word, MAX_SHOWN)}" is not among the options that may be given`;
  const value = attached ?? next;
  if (value === undefined) return `"${name}" has no value`;
  if (!accepts(value)) return `"${shortened(value, MAX_SHOWN)}" is no value for "${name}"`;
  return attached === undefined ? 2 : 1;
}

/** `-p80` and `--max-rate=9` carry their value. */
function split(word: string): [name: string, value: string | undefined] {
  if (/^-p./u.test(word)) return ['-p', word.slice(2)];
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** `22,80,8000-8080`, `-`, `T:80,U:53`: numbers only, no patterns of names. */
function isPortList(text: string): boolean {
  return text.length <= 1_000 && text.split(',').every(isPortRange);
}

function isPortRange(text: string): boolean {
  const match = PORT_RANGE.exec(text);
  if (match === null) return false;
  const [, from = '0', to = String(MAX_PORT), single = '0'] = match;
  return Number(single) <= MAX_PORT && Number(from) <= Number(to) && Number(to) <= MAX_PORT;
}

function refusal(what: string): NmapArguments {
  return {
    refused: `The arguments for nmap cannot be used: ${what}. Allowed are ports (-p, --top-ports, -F), pace (-T0 to -T5, --min-rate, --max-rate, --max-retries, --scan-delay), -Pn, -sT, -sS, -sU and the depth of version detection.`,
  };
}
