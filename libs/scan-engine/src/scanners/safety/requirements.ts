/** What is left of a requirements file when only its requirements are, and what that leaves out. */
export interface ReadRequirements {
  readonly text: string;
  /** Lines that name another file, an index, a directory or an address. */
  readonly leftOut: number;
  /** Requirements without an exact version, which nobody can look up. */
  readonly unpinned: number;
}

const MAX_LINE = 1_000;
/** PEP 508: a name, perhaps extras, and an exact version without a wildcard. */
const REQUIREMENT = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200})(?:\s*\[[^\]]{0,200}\])?\s*(?<rest>.*)$/u;
const EXACT = /^={2,3}\s*[^*\s,;]{1,100}\s*(?:;.*)?$/u;

/**
 * Takes the plain requirements of a `requirements.txt`. Options, further files, paths and URLs stay out, so that the tool
 * which reads the rest is led nowhere. Pure, linear.
 */
export function readRequirements(text: string): ReadRequirements {
  const lines = text
    .replaceAll(/\\\r?\n/gu, ' ')
    .split('\n')
    .map(withoutCommentAndOptions)
    .filter((line) => line !== '');
  const kept = lines.filter(isPlain);
  return {
    text: kept.map((line) => `${line}\n`).join(''),
    leftOut: lines.length - kept.length,
    unpinned: kept.filter((line) => !isExact(line)).length,
  };
}

/** The options behind a requirement are pip's (`--hash`, `--config-settings`); safety takes no line that has one. */
function withoutCommentAndOptions(line: string): string {
  const end = /(?:^|\s)#|\s--[a-z]/u.exec(line)?.index ?? line.length;
  return line.slice(0, end).trim();
}

function isPlain(line: string): boolean {
  return (
    line.length <= MAX_LINE && REQUIREMENT.test(line) && !/:\/\/|\s@\s|^[^;[]*[/\\]/u.test(line)
  );
}

function isExact(line: string): boolean {
  return EXACT.test(REQUIREMENT.exec(line)?.groups?.['rest']?.trim() ?? '');
}
