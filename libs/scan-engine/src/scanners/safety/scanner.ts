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
import { baseName } from '../paths';
import { parseSafety } from './parse';
import { readRequirements } from './requirements';

/** `requirements.txt`, `requirements-dev.txt`, and whatever a directory of that name holds. */
const REQUIREMENTS = /(?:^|\/)(?:requirements[^/]{0,100}|requirements\/[^/]{1,100})\.txt$/iu;
/** Read by safety itself, by their names. */
const LOCK_FILES = ['Pipfile.lock', 'poetry.lock'];
const FOREIGN_LOCK_FILES: ReadonlyMap<string, string> = new Map([
  ['uv.lock', 'a lock file of uv, which safety does not read'],
  ['pdm.lock', 'a lock file of pdm, which safety does not read'],
]);
const MAX_MANIFESTS = 50;
/**
 * Version 3 asks its maker's server for how to log in before it looks at anything, and goes on without an answer. Over a
 * database of the operator's nobody is to be asked, so it reads an address there to which nothing connects.
 */
const NOBODY_TO_ASK = { '.safety/config.ini': '[settings]\nAUTH_SERVER_URL = none:\n' };

async function plan({ files, options }: CommandContext): Promise<ToolPlan> {
  const manifests = files.files.map(({ path }) => path).filter(isManifest);
  const commands: ToolCommand[] = [];
  const notes: string[] = [];
  const skipped: SkippedFile[] = files.files.flatMap(({ path }) => {
    const reason = FOREIGN_LOCK_FILES.get(baseName(path));
    return reason === undefined ? [] : [{ path, reason }];
  });
  for (const path of manifests.slice(0, MAX_MANIFESTS)) {
    const text = await files.readText(path);
    if (text === null) skipped.push({ path, reason: whyUnread(files, path) });
    else if (LOCK_FILES.includes(baseName(path))) commands.push(checkOf(path, text, options));
    else {
      const { text: plain, leftOut, unpinned } = readRequirements(text);
      commands.push(checkOf(path, plain, options));
      if (leftOut > 0) notes.push(`${path}: ${leftOut} lines with options, paths or URLs left out`);
      if (unpinned > 0) notes.push(`${path}: ${unpinned} requirements name no exact version`);
    }
  }
  const reason = `budget exceeded: more than ${MAX_MANIFESTS} manifests`;
  skipped.push(...manifests.slice(MAX_MANIFESTS).map((path) => ({ path, reason })));
  return { commands, skipped, notes };
}

function whyUnread({ files, maxFileBytes }: FileTree, path: string): string {
  const file = files.find((one) => one.path === path);
  return (file?.sizeBytes ?? 0) > maxFileBytes ? tooLarge(maxFileBytes) : 'cannot be read as text';
}

/** safety sees a copy of the requirements alone, in a directory where no policy of the tree's lies. */
function checkOf(path: string, text: string, options: ScanOptions): ToolCommand {
  const { safetyDatabase, safetyApiKey } = options.tools ?? {};
  const name = LOCK_FILES.includes(baseName(path)) ? baseName(path) : 'requirements.txt';
  return {
    args: [
      // Of version 3 only. Over a database of the operator's nobody is asked, and version 2 serves as well.
      ...(safetyDatabase === undefined ? ['--disable-optional-telemetry'] : []),
      'check',
      `--file=${name}`,
      '--output=json',
      ...(safetyDatabase === undefined ? [] : [`--db=${safetyDatabase}`]),
    ],
    ...(safetyApiKey === undefined ? {} : { env: { SAFETY_API_KEY: safetyApiKey } }),
    files: { [name]: text, ...(safetyDatabase === undefined ? {} : NOBODY_TO_ASK) },
    subject: path,
  };
}

function isManifest(path: string): boolean {
  return REQUIREMENTS.test(path) || LOCK_FILES.includes(baseName(path));
}

export const safetyScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'safety',
  scanType: 'dependency',
  description:
    'Looks up the exact versions of Python packages in a database of known vulnerabilities.',
  checks: [
    'Pinned packages in requirements files, Pipfile.lock and poetry.lock',
    'Severity and CVSS of each vulnerability, where the database rates it',
    'The versions that fix it',
  ],
  timeLimitMs: 300_000,
  tool: {
    executable: 'safety',
    versionArguments: ['--version'],
    parseVersion: (output) => /^safety, version (\d+\.\d+\S*)/mu.exec(output)?.[1] ?? null,
    installHint: 'pipx install safety==3.7.0',
    // 3.8 ends with an error where its maker's server does not answer.
    package: { name: 'safety', version: '3.7.0' },
    env: { PYTHONUTF8: '1', PYTHONWARNINGS: 'ignore' },
  },
  // 64 says that vulnerabilities were found.
  successExitCodes: [0, 64],
  needsNetwork: ({ tools }) => tools?.safetyDatabase === undefined,
  appliesTo: ({ files }) =>
    files.some(({ path }) => isManifest(path) || FOREIGN_LOCK_FILES.has(baseName(path))),
  directories: ({ tools }) =>
    tools?.safetyDatabase === undefined ? {} : { readable: [tools.safetyDatabase] },
  plan,
  parse: parseSafety,
});
