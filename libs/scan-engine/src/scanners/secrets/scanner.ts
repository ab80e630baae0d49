import { SECRET_PATTERNS } from '@securescan/core';
import type { FileReport } from '../../file-report';
import type {
  FileScanner,
  FileSelection,
  InspectContext,
  ScannerReport,
  TreeContext,
} from '../../scanner';
import type { TreeFile } from '../../ports';
import { isEnvFile } from './env-file';
import { inspectHistory } from './history';
import { isLockFile } from './lock-files';
import { scanText } from './scan-text';

const NOTHING: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };

async function select({ files, git }: TreeContext): Promise<FileSelection> {
  const local = await localEnvFiles(files.files, git);
  const wanted = files.files
    .map(({ path }) => path)
    .filter((path) => !local.has(path) && !isLockFile(path));
  const notes =
    local.size > 0
      ? [`${counted(local.size, 'environment file')} left out, because git ignores them`]
      : [];
  return { files: wanted, notes };
}

function inspectFile(path: string, text: string, maxFindings: number): FileReport {
  const { findings, longLines } = scanText(path, text, isEnvFile(path), maxFindings);
  const notes =
    longLines > 0 ? [`${path}: ${counted(longLines, 'very long line')}, read piece by piece`] : [];
  return { findings, skipped: null, notes };
}

/** History is read when asked for: it can take minutes, and what it finds cannot be mended by a change to a file. */
async function inspectBeyond(context: InspectContext): Promise<ScannerReport> {
  if (context.options.history !== true) return NOTHING;
  const { files } = await select(context);
  return inspectHistory(context, new Set(files));
}

/** Files for local settings that git ignores and does not track: there secrets may stand, they leave the machine nowhere. */
async function localEnvFiles(
  files: readonly TreeFile[],
  git: TreeContext['git'],
): Promise<ReadonlySet<string>> {
  const candidates = files.map(({ path }) => path).filter(isEnvFile);
  if (git === null || candidates.length === 0) return new Set();
  try {
    const tracked = await git.trackedFiles();
    const ignored = await git.ignoredFiles(candidates);
    return new Set(candidates.filter((path) => ignored.has(path) && !tracked.has(path)));
  } catch {
    // Expected: a damaged repository. Its secrets are looked for all the same, so nothing is left out.
    return new Set();
  }
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export const secretsScanner: FileScanner = Object.freeze<FileScanner>({
  kind: 'file',
  name: 'secrets',
  scanType: 'code',
  description:
    'Looks for keys, tokens and passwords in every text file of the tree. What it finds is reported without its value.',
  checks: [
    'Keys and tokens of cloud, code hosting, payment, chat and AI services',
    'Private keys',
    'Passwords in connection strings and addresses',
    'Fixed values that are assigned to passwords, secrets, tokens and API keys',
    'Secrets in environment files that are not kept out of git',
    'On request, secrets that commits added and that are no longer in the files',
  ],
  timeLimitMs: 300_000,
  rules: SECRET_PATTERNS,
  select,
  inspectFile,
  inspectBeyond,
});
