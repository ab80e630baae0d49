import type { Audit } from './audit';
import { expandPath } from './wildcard';

/** One line of a configuration of sshd. */
export interface SshdDirective {
  /** In lower case. */
  readonly keyword: string;
  readonly args: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** A directive with the file that it stands in and the connections that it holds for. */
export interface SshdSetting extends SshdDirective {
  readonly path: string;
  /** What `Match` asks for; `null` for what holds for all connections. */
  readonly condition: string | null;
  /** Under `Match all`: goes before what stands outside of every Match. */
  readonly isForced: boolean;
}

const MAIN_FILE = '/etc/ssh/sshd_config';
const DIRECTORY = '/etc/ssh';
/** As OpenSSH itself. */
const MAX_DEPTH = 16;
const MAX_FILES = 500;
/** Files that include one another make a few lines many. */
const MAX_SETTINGS = 100_000;
const KEYWORD = /^[ \t]*([A-Za-z0-9]{1,64})(?:[ \t]*=[ \t]*|[ \t]+)(.*)$/u;

/** What the lines say, without regard to what other files they take in. Pure, and takes any text. */
export function parseSshd(text: string): SshdDirective[] {
  return text.split('\n').flatMap((content, index) => {
    const [, keyword, rest] = KEYWORD.exec(content.trimEnd()) ?? [];
    if (keyword === undefined || rest === undefined) return [];
    return [{ keyword: keyword.toLowerCase(), args: words(rest), line: index + 1 }];
  });
}

/** Words apart by white space, with quotes around some; a word that begins with `#` ends the line. */
function words(text: string): string[] {
  const found: string[] = [];
  for (const [word, quoted] of text.matchAll(/"([^"]*)"?|[^\s"]+/gu)) {
    if (quoted === undefined && word.startsWith('#')) break;
    found.push(quoted ?? word);
  }
  return found;
}

interface Block {
  readonly condition: string | null;
  readonly isForced: boolean;
}

const EVERYWHERE: Block = { condition: null, isForced: false };

/** Reads the configuration with all that it includes, in the order in which sshd sees it; `null` where there is none. */
export async function readSshdSettings(audit: Audit): Promise<readonly SshdSetting[] | null> {
  const settings: SshdSetting[] = [];
  let files = 0;

  async function readFile(path: string, outer: Block, depth: number): Promise<boolean> {
    if (depth > MAX_DEPTH || files >= MAX_FILES || settings.length >= MAX_SETTINGS) {
      audit.noteCut(`not every file that ${MAIN_FILE} includes was read: there are too many`);
      return false;
    }
    files += 1;
    const text = await audit.read(path);
    if (text === null) return false;
    let block = outer;
    for (const directive of parseSshd(text)) {
      // A Match holds to the end of its own file, and no longer.
      if (directive.keyword === 'match') block = blockOf(directive.args, outer);
      else if (directive.keyword === 'include') await include(directive.args, block, depth);
      else settings.push({ ...directive, ...block, path });
    }
    return true;
  }

  async function include(patterns: readonly string[], block: Block, depth: number): Promise<void> {
    for (const pattern of patterns) {
      const absolute = pattern.startsWith('/') ? pattern : `${DIRECTORY}/${pattern}`;
      for (const path of await expandPath(audit, absolute)) await readFile(path, block, depth + 1);
    }
  }

  return (await readFile(MAIN_FILE, EVERYWHERE, 0)) ? settings : null;
}

function blockOf(args: readonly string[], outer: Block): Block {
  const isForAll = args.length === 1 && args[0]?.toLowerCase() === 'all';
  if (isForAll) return { ...outer, isForced: true };
  const condition = args.join(' ');
  return {
    condition: outer.condition === null ? condition : `${outer.condition} and ${condition}`,
    isForced: false,
  };
}

/** What holds for a connection that no Match is about: the first that is forced, else the first at all. */
export function globalSetting(
  settings: readonly SshdSetting[],
  keyword: string,
): SshdSetting | null {
  const candidates = settings.filter(
    (setting) => setting.keyword === keyword && setting.condition === null,
  );
  return candidates.find(({ isForced }) => isForced) ?? candidates[0] ?? null;
}

/** The first setting within each Match that has one. */
export function matchSettings(settings: readonly SshdSetting[], keyword: string): SshdSetting[] {
  const byCondition = new Map<string, SshdSetting>();
  for (const setting of settings) {
    const { condition } = setting;
    if (setting.keyword !== keyword || condition === null || byCondition.has(condition)) continue;
    byCondition.set(condition, setting);
  }
  return [...byCondition.values()];
}
