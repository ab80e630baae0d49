import { compareCodePoints, type ParsedFinding } from '@securescan/core';
import type { FileTree, GitRepository } from '../../ports';
import type { BuiltinScanner, InspectContext, ScannerReport, ScanTarget } from '../../scanner';
import { isInSubmodule } from '../../submodules';
import { pathWithin } from '../paths';
import { missingIgnore, noGitignore, trackedFile, unversionedFile } from './findings';
import { GitignoreFiles } from './gitignore-files';
import { kindOf, SENSITIVE_KINDS, type SensitiveKind } from './rules';
import { lookWithGitleaks } from './run-gitleaks';

const GITIGNORE = '.gitignore';
/** Packages of others that somebody committed: what lies in them is not this project's. */
const THIRD_PARTY: ReadonlySet<string> = new Set(['node_modules', 'venv', '.venv']);
const MAX_EXAMPLES = 10;

async function inspect(context: InspectContext): Promise<ScannerReport> {
  const { target, files, git } = context;
  const judged = git === null ? await judgeByName(files) : await judgeByGit({ target, files, git });
  const leaks = await lookWithGitleaks(context);
  const notes =
    git === null
      ? ['Not a git repository, or git is missing: files were judged by their names alone']
      : [];
  return {
    findings: [...judged, ...leaks.findings],
    assessed: files.files.map(({ path }) => path),
    skipped: [],
    notes: [...notes, ...leaks.notes],
  };
}

interface Repository {
  readonly target: ScanTarget;
  readonly files: FileTree;
  readonly git: GitRepository;
}

async function judgeByGit({ target, files, git }: Repository): Promise<ParsedFinding[]> {
  const tracked = await git.trackedFiles();
  const present = sensitiveFiles(files).filter(
    (path) => !tracked.has(path) && !isInSubmodule(path, tracked),
  );
  const ignored = await git.ignoredFiles(present);
  const exposed = present.filter((path) => !ignored.has(path));
  return [
    ...(await missingGitignore(target, files)),
    ...trackedFindings(tracked, target),
    ...(await missingIgnoreFindings(exposed, files)),
  ];
}

/** Judged for a whole repository only: what ignores files for a part of it may stand above. */
async function missingGitignore(target: ScanTarget, files: FileTree): Promise<ParsedFinding[]> {
  if (target.path !== target.root || (await files.readText(GITIGNORE)) !== null) return [];
  return [noGitignore()];
}

function trackedFindings(tracked: ReadonlySet<string>, target: ScanTarget): ParsedFinding[] {
  return [...tracked]
    .filter((path) => isOwn(path, target))
    .sort(compareCodePoints)
    .flatMap((path) => {
      const kind = kindOf(path);
      return kind?.isReportedWhenTracked === true ? [trackedFile(path, kind)] : [];
    });
}

/** One finding for each pattern that is missing, whatever the number of files. */
async function missingIgnoreFindings(
  exposed: readonly string[],
  files: FileTree,
): Promise<ParsedFinding[]> {
  const byKind = new Map<SensitiveKind, string[]>();
  for (const path of exposed) {
    const kind = kindOf(path);
    if (kind === null || !(await isWorthIgnoring(path, kind, files))) continue;
    byKind.set(kind, [...(byKind.get(kind) ?? []), path]);
  }
  return Array.from(byKind, ([kind, paths]) => missingIgnore(kind, paths.slice(0, MAX_EXAMPLES)));
}

/** Without git nobody knows what is committed: what its rules would not ignore probably is, so it weighs a step less. */
async function judgeByName(files: FileTree): Promise<ParsedFinding[]> {
  const rules = new GitignoreFiles(files);
  const findings: ParsedFinding[] = [];
  for (const path of sensitiveFiles(files)) {
    const kind = kindOf(path);
    if (kind?.isReportedWhenTracked !== true || (await rules.covers(path))) continue;
    findings.push(unversionedFile(path, kind));
  }
  return findings;
}

function sensitiveFiles(files: FileTree): string[] {
  return files.files.map(({ path }) => path).filter((path) => kindOf(path) !== null);
}

async function isWorthIgnoring(
  path: string,
  kind: SensitiveKind,
  files: FileTree,
): Promise<boolean> {
  if (!kind.mustHoldKey) return true;
  const text = await files.readText(path);
  return text === null || text.includes('PRIVATE KEY');
}

/** Below the target, or the target itself; what stands above it says nothing about its files. */
function isOwn(path: string, target: ScanTarget): boolean {
  const within = pathWithin(target);
  if (path === within) return true;
  if (within !== '' && !path.startsWith(`${within}/`)) return false;
  return !path
    .slice(within.length)
    .split('/')
    .some((segment) => THIRD_PARTY.has(segment));
}

export const gitHygieneScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'git-hygiene',
  scanType: 'code',
  description:
    'Asks git which files are in the repository, and which would get there with the next commit, and reports those that should not.',
  checks: [
    'Environment files, keys and credentials that git tracks',
    'Such files that are not ignored and wait for the next `git add`',
    'Repositories without a .gitignore',
    'What gitleaks finds with its own rules, where it is on PATH',
  ],
  timeLimitMs: 360_000,
  rules: SENSITIVE_KINDS,
  inspect,
});
