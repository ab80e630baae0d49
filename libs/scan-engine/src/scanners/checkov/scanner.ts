import { tooLarge } from '../../budgets';
import type { FileTree } from '../../ports';
import type {
  CommandContext,
  ExternalScanner,
  ScanTarget,
  SkippedFile,
  ToolPlan,
} from '../../scanner';
import { directoriesToSkip } from '../skipped-directories';
import { holdsConfiguration, isOpened, mayBeConfiguration } from './configuration-files';
import { parseCheckov } from './report';

/**
 * What reads files and nothing else. Left out: `helm` and `kustomize`, which run programs over the tree; the settings of
 * GitHub, GitLab and Bitbucket, which are asked for over the network; secrets and packages, which other scanners look for.
 */
const FRAMEWORKS = [
  'ansible',
  'argo_workflows',
  'arm',
  'azure_pipelines',
  'bicep',
  'bitbucket_pipelines',
  'circleci_pipelines',
  'cloudformation',
  'dockerfile',
  'github_actions',
  'gitlab_ci',
  'kubernetes',
  'openapi',
  'serverless',
  'terraform',
  'terraform_json',
  'terraform_plan',
];
/** Stands in the private working directory, so that no list is too long for a command line. */
const SETTINGS_FILE = 'settings.yaml';
const PLAIN_CHARACTER = /[\w/]/u;

async function plan({ target, files }: CommandContext): Promise<ToolPlan> {
  const skipped = tooLargeFor(files);
  const candidates = files.files.filter(
    ({ path, sizeBytes }) => mayBeConfiguration(path) && sizeBytes <= files.maxFileBytes,
  );
  if (!(await holdsConfiguration(files, candidates))) return { commands: [], skipped };
  const leftOut = [...files.irregular.filter(isOpened), ...skipped.map(({ path }) => path)];
  const settings = { 'skip-path': patternsOf(target, leftOut) };
  return {
    skipped,
    commands: [
      {
        args: argumentsFor(target, files),
        // JSON is YAML, and leaves nothing to quote.
        files: { [SETTINGS_FILE]: JSON.stringify(settings) },
      },
    ],
  };
}

function argumentsFor(target: ScanTarget, { files }: FileTree): string[] {
  const isFile = files.some(({ path }) => pathOf(target, path) === target.path);
  return [
    '--framework',
    ...FRAMEWORKS,
    '--output=json',
    '--compact',
    '--skip-download',
    '--download-external-modules=false',
    `--config-file=${SETTINGS_FILE}`,
    // In one word: where the path is a word of its own, checkov takes its settings from `.checkov.yaml` in the tree.
    isFile ? `--file=${target.path}` : `--directory=${target.path}`,
  ];
}

/**
 * Checkov opens what its name speaks for: it waits for a FIFO without end, and follows links out of the tree. It compares
 * whole paths with these. There is always one: without any, its search for modules reads the directories that it skips
 * otherwise.
 */
function patternsOf(target: ScanTarget, paths: readonly string[]): string[] {
  const names = directoriesToSkip(target).map(asPattern).join('|');
  const directories = `^${asPattern(withSlash(target.path))}(?:.*/)?(?:${names})$`;
  if (paths.length === 0) return [directories];
  const files = paths.map((path) => asPattern(path)).join('|');
  return [directories, `^${asPattern(withSlash(target.root))}(?:${files})$`];
}

/**
 * Takes a text literally. By numbers, not by backslashes: checkov also builds a careless expression of these patterns, which
 * a bracket in a name would break.
 */
function asPattern(text: string): string {
  return Array.from(text, (character) => {
    if (PLAIN_CHARACTER.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  }).join('');
}

function tooLargeFor({ files, maxFileBytes }: FileTree): SkippedFile[] {
  const reason = tooLarge(maxFileBytes);
  return files
    .filter(({ path, sizeBytes }) => mayBeConfiguration(path) && sizeBytes > maxFileBytes)
    .map(({ path }) => ({ path, reason }));
}

function pathOf({ root }: ScanTarget, path: string): string {
  return withSlash(root) + path;
}

function withSlash(directory: string): string {
  return directory.endsWith('/') ? directory : `${directory}/`;
}

export const checkovScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'checkov',
  scanType: 'iac',
  description:
    'Holds descriptions of infrastructure against policies: Terraform, CloudFormation, Kubernetes, Dockerfiles, pipelines and more.',
  checks: [
    'Storage, databases and ports that are open to everyone',
    'Data that is stored or sent without encryption',
    'Containers with more rights than they need',
    'Access rules that allow everything',
    'Pipelines that run what others wrote, and APIs without authentication',
    'Logs that nobody writes',
  ],
  timeLimitMs: 900_000,
  tool: {
    executable: 'checkov',
    versionArguments: ['--version'],
    parseVersion: (output) => /^\s*(\d{1,6}\.\d{1,6}\.\d{1,6})\s*$/mu.exec(output)?.[1] ?? null,
    installHint: 'pipx install "checkov>=2.5"',
    package: { name: 'checkov', version: '3.3.30' },
    env: {
      PYTHONUTF8: '1',
      // About that expression, once for each backslash: it would fill what is kept of standard error.
      PYTHONWARNINGS: 'ignore::FutureWarning',
      // It asks PyPI for a newer release whenever it starts.
      CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true',
      // Workflows live in `.github`.
      CKV_IGNORE_HIDDEN_DIRECTORIES: 'false',
    },
  },
  successExitCodes: [0, 1],
  needsNetwork: () => false,
  appliesTo: ({ files }) => files.some(({ path }) => mayBeConfiguration(path)),
  plan,
  parse: parseCheckov,
});
