import { SEVERITIES, VERDICTS, type Severity, type Verdict } from '@securescan/contracts';
import { UserError } from '@securescan/core';
import { resolveTarget } from '@securescan/host-node';
import { SCANNERS } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import type { ProjectFlags } from '../grammar/triage';
import { loadChosenConfig } from './chosen-config';
import { commaWords } from './comma-words';
import { readLimit } from './limit';
import type { SettingFlags } from './setting';
import { choiceOf } from './setting-words';
import { resolveSettings } from './settings';

const DEFAULT_LIMIT = 200;

export interface ListWords {
  readonly status?: string;
  readonly severity?: string;
  readonly limit?: string;
}

export interface ListFilters {
  readonly status: readonly Verdict[];
  readonly severity: readonly Severity[];
  readonly limit: number;
}

/** What a list is narrowed to. Adds what is wrong with the words. Pure. */
export function readListFilters(words: ListWords, problems: string[]): ListFilters {
  return {
    status: wordsAmong(VERDICTS, words.status, '--status', problems),
    severity: wordsAmong(SEVERITIES, words.severity, '--severity', problems),
    limit: readLimit(words.limit, DEFAULT_LIMIT, problems),
  };
}

function wordsAmong<T extends string>(
  allowed: readonly T[],
  text: string | undefined,
  flag: string,
  problems: string[],
): readonly T[] {
  const read = choiceOf<T, null>(allowed, null);
  const chosen = commaWords(text ?? '').map((word) => read([word], flag, problems));
  if (text !== undefined && chosen.length === 0) problems.push(`${flag} names none.`);
  return allowed.filter((word) => chosen.includes(word));
}

/** Adds a problem for each text that cannot be a fingerprint. */
export function checkFingerprints(fingerprints: readonly string[], problems: string[]): void {
  for (const text of fingerprints) {
    if (/^[0-9a-f]{64}$/u.test(text)) continue;
    problems.push(`"${text}" is no fingerprint: 64 digits from 0 to f, as triage list shows them.`);
  }
}

/**
 * The project of a verdict: as the flag, the environment or the configuration names it, else the git origin of the working
 * directory; `null` for everywhere. A path names no project to a server, so where nothing else does, it is a problem.
 */
export async function readProject(
  { everywhere, ...flags }: ProjectFlags,
  context: CommandContext,
  problems: string[],
): Promise<string | null> {
  if (everywhere === true) {
    if (flags.project !== undefined) {
      problems.push('--project and --everywhere contradict each other; leave one out.');
    }
    return null;
  }
  const { project, isPath } = await projectHere(flags, context, problems);
  if (isPath) {
    problems.push(
      'Nothing names the project here: there is no "project" in a .securescan.yml and no git origin. Use --project or --everywhere.',
    );
  }
  return project;
}

async function projectHere(
  flags: SettingFlags,
  { environment, cwd }: CommandContext,
  problems: string[],
): Promise<{ readonly project: string | null; readonly isPath: boolean }> {
  const target = await resolveTarget('.', { cwd });
  const isNamed = flags.project !== undefined || environment.variable('SECURESCAN_PROJECT') !== '';
  // A broken configuration here is nothing to who names the project.
  const config = isNamed ? null : await loadChosenConfig({}, target, cwd);
  const read = resolveSettings(['project'], {
    flags,
    environment,
    config,
    target,
    scanners: SCANNERS,
    formats: [],
  });
  problems.push(...read.problems);
  const { value, source } = read.settings.project;
  return { project: value, isPath: source === 'default' && target.project === target.root };
}

/** Nothing of what was asked for is there. */
export function nothingKnown(sentence: string): UserError {
  return new UserError('FINDING_NOT_FOUND', sentence);
}
