import { tooLarge } from '../../budgets';
import type { FileTree } from '../../ports';
import type {
  CommandContext,
  ExternalScanner,
  ScanOptions,
  SkippedFile,
  ToolCommand,
  ToolPlan,
} from '../../scanner';
import { baseName, directoryOf } from '../paths';
import { readLockedVersions } from './locked-versions';
import { parseNpmAudit } from './parse';
import { readPlainLock } from './plain-lock';

/** The one that npm prefers comes first. */
const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json'];
/** Lock files of others, which npm does not read. */
const FOREIGN_LOCK_FILES: ReadonlyMap<string, string> = new Map([
  ['yarn.lock', 'a lock file of yarn, which npm audit does not read'],
  ['pnpm-lock.yaml', 'a lock file of pnpm, which npm audit does not read'],
  ['bun.lock', 'a lock file of bun, which npm audit does not read'],
]);
const MAX_PROJECTS = 50;

/** A file that npm reads in place of each of its own configuration files: it stands there and is empty. */
const USER_CONFIG = 'user.npmrc';
const GLOBAL_CONFIG = 'global.npmrc';

async function plan({ files, options }: CommandContext): Promise<ToolPlan> {
  const locks = lockFiles(files);
  const commands: ToolCommand[] = [];
  const skipped: SkippedFile[] = foreignLockFiles(files, locks);
  const notes: string[] = [];
  for (const path of locks.slice(0, MAX_PROJECTS)) {
    const text = await files.readText(path);
    const lock = text === null ? null : readPlainLock(text);
    if (text === null) skipped.push({ path, reason: whyUnread(files, path) });
    else if (lock === null) skipped.push({ path, reason: 'is no lock file of npm' });
    else {
      commands.push(auditOf(path, lock.text, options));
      if (lock.leftOut > 0) notes.push(leftOutNote(path, lock.leftOut));
    }
  }
  const beyond = locks.slice(MAX_PROJECTS).map((path) => ({
    path,
    reason: `budget exceeded: more than ${MAX_PROJECTS} lock files`,
  }));
  return { commands, skipped: [...skipped, ...beyond], notes };
}

function whyUnread({ files, maxFileBytes }: FileTree, path: string): string {
  const file = files.find((one) => one.path === path);
  return (file?.sizeBytes ?? 0) > maxFileBytes ? tooLarge(maxFileBytes) : 'cannot be read as text';
}

function leftOutNote(path: string, count: number): string {
  return `${path}: ${count} entries left out, whose names or places no registry knows`;
}

/** npm sees a directory with a plain lock file alone: neither the tree's configuration nor a place to go to. */
function auditOf(path: string, text: string, options: ScanOptions): ToolCommand {
  const registry = options.tools?.npmRegistry;
  return {
    args: [
      'audit',
      '--json',
      '--package-lock-only',
      '--ignore-scripts',
      '--audit-level=info',
      '--no-update-notifier',
      '--no-fund',
      `--userconfig=./${USER_CONFIG}`,
      `--globalconfig=./${GLOBAL_CONFIG}`,
      ...(registry === undefined ? [] : [`--registry=${registry}`]),
    ],
    files: { [baseName(path)]: text, [USER_CONFIG]: '', [GLOBAL_CONFIG]: '' },
    subject: path,
    facts: readLockedVersions(text) ?? {},
  };
}

function lockFiles({ files }: FileTree): string[] {
  const byDirectory = new Map<string, string>();
  for (const name of LOCK_FILES) {
    for (const { path } of files) {
      const directory = directoryOf(path);
      if (baseName(path) === name && !byDirectory.has(directory)) byDirectory.set(directory, path);
    }
  }
  const chosen = new Set(byDirectory.values());
  return files.map(({ path }) => path).filter((path) => chosen.has(path));
}

/** Beside a lock file of npm they say nothing new. */
function foreignLockFiles({ files }: FileTree, locks: readonly string[]): SkippedFile[] {
  const assessed = new Set(locks.map(directoryOf));
  return files.flatMap(({ path }) => {
    const reason = FOREIGN_LOCK_FILES.get(baseName(path));
    return reason === undefined || assessed.has(directoryOf(path)) ? [] : [{ path, reason }];
  });
}

function isLockFile(path: string): boolean {
  const name = baseName(path);
  return LOCK_FILES.includes(name) || FOREIGN_LOCK_FILES.has(name);
}

export const npmAuditScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'npm-audit',
  scanType: 'dependency',
  description:
    'Asks the npm registry which of the locked packages have known vulnerabilities. Names and versions of packages are sent, no code.',
  checks: [
    'Every advisory of every package in package-lock.json and npm-shrinkwrap.json',
    'Affected ranges, CVSS scores and weaknesses as the advisory tells them',
    'Which update removes the vulnerability, where npm knows one',
  ],
  timeLimitMs: 300_000,
  tool: {
    executable: 'npm',
    versionArguments: ['--version'],
    parseVersion: (output) => /^\s*(\d+\.\d+\.\d+\S*)\s*$/u.exec(output)?.[1] ?? null,
    installHint: 'install Node.js, which brings npm',
  },
  // 1 also says that vulnerabilities were found; an error tells itself by its body.
  successExitCodes: [0, 1],
  needsNetwork: () => true,
  appliesTo: ({ files }) => files.some(({ path }) => isLockFile(path)),
  plan,
  parse: parseNpmAudit,
});
