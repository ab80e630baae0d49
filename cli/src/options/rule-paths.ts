import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

export interface RuleReading {
  /** Registry names as they are, paths made absolute. */
  readonly rules: readonly string[];
  readonly problems: readonly string[];
}

/** `auto`, and packs and single rules of the registry. `./p/ci` is a path. */
const REGISTRY = /^(?:auto|[pr]\/.+)$/;

/** Finds out what each word of --semgrep-rules names. Paths are relative to `cwd`. */
export async function readRulePaths(words: readonly string[], cwd: string): Promise<RuleReading> {
  const readings = await Promise.all(words.map((word) => readRule(word, cwd)));
  return {
    rules: readings.flatMap(({ rule }) => (rule === null ? [] : [rule])),
    problems: readings.flatMap(({ problem }) => (problem === null ? [] : [problem])),
  };
}

type Reading =
  | { readonly rule: string; readonly problem: null }
  | { readonly rule: null; readonly problem: string };

async function readRule(word: string, cwd: string): Promise<Reading> {
  if (REGISTRY.test(word)) return { rule: word, problem: null };
  const path = resolve(cwd, word);
  try {
    await stat(path);
    return { rule: path, problem: null };
  } catch {
    // Expected: a typing error.
    return {
      rule: null,
      problem: `--semgrep-rules: there are no rules at "${word}"; check the path.`,
    };
  }
}
