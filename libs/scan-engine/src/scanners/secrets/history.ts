import {
  compareCodePoints,
  findSecrets,
  SECRET_PATTERNS,
  sha256Hex,
  type ParsedFinding,
} from '@securescan/core';
import type { Severity } from '@securescan/contracts';
import { budgetExceeded } from '../../budgets';
import type { AddedLines, FileTree, HistoryScope } from '../../ports';
import type { InspectContext, ScannerReport, ScanTarget } from '../../scanner';
import { pathWithin } from '../paths';
import { directoriesToSkip } from '../skipped-directories';
import { isEnvFile, readEnvLine } from './env-file';
import { isLockFile } from './lock-files';
import { keyAt, PRIVATE_KEY } from './private-key';
import { windowsOf } from './windows';

/** The time is less than the scanner's own, so that what was found until then is reported. */
const LIMITS = {
  maxCommits: 20_000,
  maxBytes: 200_000_000,
  maxCommitBytes: 32_000_000,
  timeLimitMs: 240_000,
} as const;
const MAX_LEAKS = 5_000;

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map(
  SECRET_PATTERNS.map(({ id, description }) => [id, description]),
);
const REMEDIATION =
  'Revoke or replace the value first: whoever has ever cloned the repository has it. Then rewrite the history without it (git filter-repo), push all branches and tags anew, and have old clones deleted.';
const REFERENCES = [
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
  'https://github.com/newren/git-filter-repo',
];

interface Secret {
  readonly kind: string;
  readonly name: string;
  readonly severity: Severity;
  /** Never leaves this module but as 16 bits of its hash (D1). */
  readonly value: string;
}

interface Leak extends Secret {
  readonly path: string;
  readonly commit: string;
}

/** Secrets that commits added and that `read`, the files that the scanner sees today, no longer hold in the same place. */
export async function inspectHistory(
  { target, files, git }: InspectContext,
  read: ReadonlySet<string>,
): Promise<ScannerReport> {
  if (git === null) {
    return reportOf([], ['git history was not read: not a git repository, or git is missing']);
  }
  const leaks = new Leaks();
  const notes = await git.readHistory(scopeOf(target), (added) => leaks.add(added));
  const gone = await withoutPresent(leaks.all(), files, read);
  return reportOf(gone.map(toFinding).sort(byPlace), [...notes, ...leaks.notes()]);
}

function reportOf(findings: readonly ParsedFinding[], notes: readonly string[]): ScannerReport {
  return { findings, assessed: [], skipped: [], notes };
}

function scopeOf(target: ScanTarget): HistoryScope {
  const path = pathWithin(target);
  return { ...LIMITS, path, skippedDirectories: directoriesToSkip(target) };
}

/** Each secret of each file once, with the first commit that added it. */
class Leaks {
  private readonly known = new Map<string, Leak>();
  private isFull = false;

  add({ commit, path, lines }: AddedLines): void {
    if (isLockFile(path)) return;
    for (const secret of secretsIn(lines, isEnvFile(path))) {
      const key = JSON.stringify([path, secret.kind, secret.value]);
      if (!this.known.has(key) && this.known.size >= MAX_LEAKS) this.isFull = true;
      // The newest commit comes first, so the last one told is the first that was made.
      else this.known.set(key, { ...secret, path, commit });
    }
  }

  all(): Leak[] {
    return [...this.known.values()];
  }

  notes(): string[] {
    if (!this.isFull) return [];
    return [budgetExceeded(`git history: reported only ${MAX_LEAKS} of its secrets`)];
  }
}

/** What still stands in a file that is read is reported there, with its line. */
async function withoutPresent(
  leaks: readonly Leak[],
  files: FileTree,
  read: ReadonlySet<string>,
): Promise<Leak[]> {
  const present = new Map<string, ReadonlySet<string>>();
  for (const path of new Set(leaks.map((leak) => leak.path))) {
    const text = read.has(path) ? await files.readText(path) : null;
    if (text === null) continue;
    const values = Array.from(secretsIn(text.split('\n'), isEnvFile(path)), ({ value }) => value);
    present.set(path, new Set(values));
  }
  return leaks.filter(({ path, value }) => present.get(path)?.has(value) !== true);
}

function* secretsIn(lines: readonly string[], isEnv: boolean): Generator<Secret> {
  for (const [index, line] of lines.entries()) {
    for (const secret of secretsInLine(line, isEnv)) {
      yield secret.kind === PRIVATE_KEY ? { ...secret, value: keyAt(lines, index) } : secret;
    }
  }
}

function* secretsInLine(line: string, isEnv: boolean): Generator<Secret> {
  const env = isEnv ? readEnvLine(line) : null;
  let isEnvKnown = false;
  for (const { text, offset, ownedFrom, ownedTo } of windowsOf(line)) {
    for (const { kind, name, severity, value, ...match } of findSecrets(text)) {
      const start = offset + match.start;
      if (start < ownedFrom || start >= ownedTo) continue;
      if (env !== null && start < env.end && offset + match.end > env.start) isEnvKnown = true;
      yield { kind, name, severity, value };
    }
  }
  if (env === null || isEnvKnown) return;
  const value = line.slice(env.start, env.end);
  yield { kind: 'env-file-secret', name: `Secret ${env.key}`, severity: 'high', value };
}

function toFinding({ kind, name, severity, value, path, commit }: Leak): ParsedFinding {
  const description = DESCRIPTIONS.get(kind) ?? 'An environment file set it to a fixed value.';
  return {
    ruleId: `secrets/git-history-${kind}`,
    severity,
    title: `${name} in the history of git`,
    description: `${description} The file no longer holds it, but commit ${commit.slice(0, 12)} added it, and everyone with a clone can read it there.`,
    filePath: path,
    lineStart: null,
    lineEnd: null,
    cwe: 'CWE-798',
    remediation: REMEDIATION,
    metadata: { commit, references: [...REFERENCES] },
    discriminator: `<${kind}:${sha256Hex(value).slice(0, 4)}>`,
  };
}

function byPlace(a: ParsedFinding, b: ParsedFinding): number {
  return (
    compareCodePoints(a.filePath ?? '', b.filePath ?? '') ||
    compareCodePoints(a.discriminator ?? '', b.discriminator ?? '') ||
    compareCodePoints(a.ruleId, b.ruleId)
  );
}
