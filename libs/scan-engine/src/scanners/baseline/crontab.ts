import { baseName } from '../paths';

/** A line of a crontab that starts something. */
export interface CronJob {
  /** 1-based. */
  readonly line: number;
  /** `null` in the crontab of one account, which has no column for it. */
  readonly user: string | null;
  /** As the shell gets it. May hold passwords: never to be shown. */
  readonly command: string;
}

const MAX_COMMAND_CHARACTERS = 4_096;
const MAX_PROGRAMS = 20;
const SCHEDULE =
  /^[ \t]*-?(?:@[a-z]{3,20}|(?:[\d*][\w*,/~-]{0,100}[ \t]+)(?:[\w*,/~-]{1,100}[ \t]+){3}[\w*,/~-]{1,100})[ \t]+/iu;
const USER = /^([^ \t]{1,64})[ \t]+/u;

/** Pure, and takes any text; settings, comments and what is no job are left out. */
export function parseCrontab(text: string, hasUserColumn: boolean): CronJob[] {
  return text.split('\n').flatMap((raw, index): CronJob[] => {
    const content = raw.slice(0, MAX_COMMAND_CHARACTERS).trimEnd();
    const [schedule] = SCHEDULE.exec(content) ?? [];
    if (schedule === undefined) return [];
    const rest = content.slice(schedule.length);
    if (!hasUserColumn) return [{ line: index + 1, user: null, command: rest }];
    const [column, user] = USER.exec(rest) ?? [];
    if (column === undefined || user === undefined) return [];
    return [{ line: index + 1, user, command: rest.slice(column.length) }];
  });
}

/** Programs that run what they are given. */
const CARRIER =
  /^(?:\.|source|exec|command|eval|(?:ba|da|z|k|a)?sh|python[\d.]*|perl|ruby|node|php[\d.]*|env|nice|ionice|nohup|timeout|flock|setsid|sudo|su|runuser|chronic|run-parts|time)$/u;
const ASSIGNMENT = /^[A-Za-z_]\w{0,100}=/u;
const KEYWORD = /^(?:!|if|then|else|elif|do|while|until|\{)$/u;
/** With its target, which nothing runs. */
const REDIRECTION = /\d{0,3}(?:&>>?|>>|>&|>\||>|<)[ \t]{0,10}[^\s;&|()<>]{0,1000}/gu;

/**
 * Absolute paths that a command runs: where a shell expects a program, and behind programs that run others. Others that it
 * only names are left out. Pure, and takes any text.
 */
export function programsOf(command: string): string[] {
  const script = (command.split(/(?<!\\)%/u)[0] ?? '').replace(REDIRECTION, ' ');
  const paths = script.split(/[;&|()\n`]+/u).flatMap(programsOfSegment);
  return [...new Set(paths)].slice(0, MAX_PROGRAMS);
}

function programsOfSegment(segment: string): string[] {
  const words = segment
    .split(/\s+/u)
    .map((word) => word.replace(/["']/gu, ''))
    .filter((word) => word !== '');
  const start = words.findIndex((word) => !ASSIGNMENT.test(word) && !KEYWORD.test(word));
  const program = words[start];
  if (program === undefined) return [];
  const isCarrier = CARRIER.test(baseName(program));
  const candidates = isCarrier ? words.slice(start) : [program];
  return candidates.filter((word) => word.startsWith('/'));
}
