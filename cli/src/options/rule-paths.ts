import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Setting } from './setting';

export interface RuleReading {
  /** Registry names as they are, paths made absolute. */
  readonly rules: readonly string[];
  readonly problems: readonly string[];
}

/** `auto`, and packs and single rules of the registry. `./p/ci` is a path. */
const REGISTRY = /^(?:auto|[pr]\/.+)$/;

/** Finds out what each of the words names that `semgrep_rules` was given. Paths are relative to `cwd`. */
export async function readRulePaths(
  { value, source, detail }: Setting<readonly string[]>,
  cwd: string,
): Promise<RuleReading> {
  // Those of a configuration have been found when it was loaded.
  if (source === 'config') return { rules: value, problems: [] };
  const where = detail ?? '--semgrep-rules';
  const readings = await Promise.all(value.map((word) => readRule(word, where, cwd)));
  return {
    rules: readings.flatMap(({ rule }) => (rule === null ? [] : [rule])),
    problems: readings.flatMap(({ problem }) => (problem === null ? [] : [problem])),
  };
}

type Reading =
  | { readonly rule: string; readonly problem: null }
  | { readonly rule: null; readonly problem: string };

async function readRule(word: string, where: string, cwd: string): Promise<Reading> {
  if (REGISTRY.test(word)) return { rule: word, problem: null };
  const path = resolve(cwd, word);
  try {
    await stat(path);
    return { rule: path, problem: null };
  } catch {
    // Expected: a typing error.
    return {
      rule: null,
      problem: `${where}: there are no rules at "${word}"; check the path.`,
    };
  }
}
