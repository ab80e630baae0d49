/** What a line of sudoers says, as far as passwords are concerned. Lines are 1-based. */
export type SudoersEntry =
  | { readonly kind: 'include' | 'includedir'; readonly path: string; readonly line: number }
  | {
      readonly kind: 'defaults';
      /** For whom or where, as `:backup`; empty for everyone. */
      readonly scope: string;
      readonly asksNobody: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'alias';
      readonly name: string;
      readonly members: readonly string[];
      readonly line: number;
    }
  | {
      readonly kind: 'grant';
      readonly who: string;
      /** Commands and names of lists of commands that run without a password. */
      readonly withoutPassword: readonly string[];
      readonly line: number;
    };

const INCLUDE = /^[@#](include|includedir)[ \t]+"?([^"]{1,1000})/u;
const DEFAULTS = /^Defaults(?:([@:!>])[ \t]*([^ \t]{1,200}))?[ \t]+(.*)$/u;
const COMMAND_ALIAS = /^Cmn?d_Alias[ \t]+(.*)$/u;
const OTHER_ALIAS = /^(?:User|Host|Runas)_Alias[ \t]/u;
const ALIAS = /^[ \t]*([A-Z][A-Z0-9_]{0,100})[ \t]*=(.*)$/u;

/** Pure, and takes any text; what is no entry is left out. */
export function parseSudoers(text: string): SudoersEntry[] {
  return logicalLines(text).flatMap(({ content, line }) => entriesOf(content.trim(), line));
}

/** Lines without comments, those that a backslash continues put together. */
function logicalLines(text: string): { content: string; line: number }[] {
  const lines: { content: string; line: number }[] = [];
  let pieces: string[] = [];
  let start = 1;
  text.split('\n').forEach((raw, index) => {
    if (pieces.length === 0) start = index + 1;
    const content = withoutComment(raw.replace(/\r$/u, ''));
    if (isContinued(content)) {
      pieces.push(content.slice(0, -1));
      return;
    }
    lines.push({ content: [...pieces, content].join(' '), line: start });
    pieces = [];
  });
  if (pieces.length > 0) lines.push({ content: pieces.join(' '), line: start });
  return lines;
}

/** Two backslashes are one that means itself. */
function isContinued(line: string): boolean {
  let start = line.length;
  while (line.charAt(start - 1) === '\\') start -= 1;
  return (line.length - start) % 2 === 1;
}

/** A `#` begins a comment, but not where it includes a file or stands before a number of an account. */
function withoutComment(line: string): string {
  if (/^#include(?:dir)?[ \t]/u.test(line)) return line;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === '#' && !isQuoted && !/^-?\d/u.test(line.slice(at + 1, at + 3))) {
      return line.slice(0, at);
    }
  }
  return line;
}

function entriesOf(content: string, line: number): SudoersEntry[] {
  const [, directive, path] = INCLUDE.exec(content) ?? [];
  if (path !== undefined) {
    const kind = directive === 'include' ? 'include' : 'includedir';
    return [{ kind, path: path.trim(), line }];
  }
  const [isDefaults, sign = '', subject = '', settings = ''] = DEFAULTS.exec(content) ?? [];
  if (isDefaults !== undefined) {
    const asksNobody = splitOutside(settings, ',').some(
      (setting) => setting.replace(/[ \t]/gu, '') === '!authenticate',
    );
    return [{ kind: 'defaults', scope: `${sign}${subject}`, asksNobody, line }];
  }
  const [, aliases] = COMMAND_ALIAS.exec(content) ?? [];
  if (aliases !== undefined) {
    return splitOutside(aliases, ':').flatMap((alias) => aliasOf(alias, line));
  }
  return OTHER_ALIAS.test(content) ? [] : grantOf(content, line);
}

function aliasOf(text: string, line: number): SudoersEntry[] {
  const [, name, members] = ALIAS.exec(text) ?? [];
  if (name === undefined || members === undefined) return [];
  const commands = splitOutside(members, ',').map((member) => member.trim());
  return [{ kind: 'alias', name, members: commands, line }];
}

/** `users hosts = commands [: hosts = commands]`. */
function grantOf(content: string, line: number): SudoersEntry[] {
  const [left = '', ...right] = splitOutside(content, '=');
  if (right.length === 0) return [];
  const who = splitOutside(left.trim().replace(/[ \t]*,[ \t]*/gu, ','), ' ')[0] ?? '';
  if (who === '') return [];
  return [{ kind: 'grant', who, withoutPassword: withoutPassword(right.join('=')), line }];
}

/** In front of a command: as whom, and with what. */
const PREFIX =
  /[ \t]*(?:\([^()]{0,1000}\)|(?:ROLE|TYPE|CWD|CHROOT|TIMEOUT|NOTBEFORE|NOTAFTER)[ \t]*=[ \t]*\S{1,1000})/uy;
const TAG = /^(?:NO)?(?:EXEC|FOLLOW|INTERCEPT|LOG_INPUT|LOG_OUTPUT|MAIL|PASSWD|SETENV)$/u;

/** The commands for which NOPASSWD holds: from where it stands to the next PASSWD, in any company of tags. */
function withoutPassword(specification: string): string[] {
  const commands: string[] = [];
  let isFree = false;
  for (const piece of splitOutside(specification, ',')) {
    const parts = splitOutside(piece, ':');
    let isOfOtherHosts = false;
    parts.forEach((part, index) => {
      const text = withoutPrefixes(isOfOtherHosts ? part.slice(part.indexOf('=') + 1) : part);
      isOfOtherHosts = false;
      if (TAG.test(text) && index < parts.length - 1) {
        if (text.endsWith('PASSWD')) isFree = text === 'NOPASSWD';
        return;
      }
      if (isFree) commands.push(text);
      // Behind a command a colon begins a rule for other hosts, in which no tag holds yet.
      isOfOtherHosts = index < parts.length - 1;
      if (isOfOtherHosts) isFree = false;
    });
  }
  return commands;
}

function withoutPrefixes(text: string): string {
  let at = 0;
  for (;;) {
    PREFIX.lastIndex = at;
    const prefix = PREFIX.exec(text);
    if (prefix === null) return text.slice(at).trim();
    at += prefix[0].length;
  }
}

/** Parts of a text apart by a character that is not quoted, escaped or in parentheses. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Whether a command of a rule is every command: by itself, or as a member of a list that has a name. */
export function isEverything(
  command: string,
  aliases: ReadonlyMap<string, readonly string[]>,
): boolean {
  const seen = new Set<string>();
  const pending = [command];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === 'ALL') return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const member of aliases.get(next) ?? []) pending.push(member);
  }
  return false;
}
