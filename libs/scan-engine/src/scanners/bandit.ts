import type { JsonReader } from '@securescan/core';
import type { Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import { tooLarge } from '../budgets';
import type { FileTree } from '../ports';
import type {
  CommandContext,
  ExternalScanner,
  ScannerReport,
  ScanTarget,
  SkippedFile,
  ToolPlan,
} from '../scanner';
import { BANDIT_REMEDIATIONS } from './bandit-remediations';
import { firstSentence } from './first-sentence';
import { readToolJson } from './json-reader';
import { directoriesToSkip } from './skipped-directories';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
]);
const SEVERITY_OF_UNKNOWN = 'low';
/** The tests for passwords in the source print the password at the end of their text. */
const PASSWORD_TESTS: ReadonlySet<string> = new Set(['B105', 'B106', 'B107']);
const TOTALS = '_totals';
/** Characters of all names together that are sure to fit into one command line, and what each costs besides. */
const MAX_NAMES = 1_000_000;
const ARGUMENT_OVERHEAD = 9;

/**
 * Reads what `bandit -f json` writes. Paths stay as printed. Throws ScannerOutputError for anything else.
 */
export function parseBandit(stdout: string): ScannerReport {
  const report = readToolJson('bandit', stdout);
  const errors = report.field('errors').items().map(toError);
  const unread = new Set(errors.map(({ path }) => path));
  const files = report.field('metrics').fieldNames();
  return {
    findings: report.field('results').items().map(toFinding),
    assessed: files.filter((name) => name !== TOTALS && !unread.has(name)),
    skipped: errors,
    notes: [],
  };
}

function toError(error: JsonReader): SkippedFile {
  return { path: error.field('filename').string(), reason: error.field('reason').string() };
}

function toFinding(result: JsonReader): ParsedFinding {
  const testId = result.field('test_id').string();
  const testName = result.field('test_name').string();
  const text = result.field('issue_text').string();
  const description = PASSWORD_TESTS.has(testId) ? withoutPassword(text) : text;
  const line = result.field('line_number').line();
  const moreInfo = result.field('more_info').optionalString();
  return {
    ruleId: testId,
    severity:
      SEVERITIES.get(result.field('issue_severity').string().toUpperCase()) ?? SEVERITY_OF_UNKNOWN,
    title: firstSentence(description, testName),
    description,
    filePath: result.field('filename').string(),
    lineStart: line,
    lineEnd: line,
    cwe: toCwe(result.field('issue_cwe')),
    remediation: BANDIT_REMEDIATIONS.get(testId) ?? null,
    metadata: {
      confidence: result.field('issue_confidence').optionalString() ?? 'UNDEFINED',
      test_name: testName,
      ...(moreInfo === null ? {} : { more_info: moreInfo, references: [moreInfo] }),
    },
  };
}

function withoutPassword(text: string): string {
  return text.replace(/:\s*["'][^]*$/u, '');
}

/** Plug-ins that know no weakness print an empty object, older versions nothing. */
function toCwe(cwe: JsonReader): string | null {
  if (cwe.isAbsent) return null;
  const id = cwe.field('id');
  return id.isAbsent ? null : `CWE-${String(id.integer())}`;
}

function plan({ target, files }: CommandContext): ToolPlan {
  const skipped = tooLargeFor(files);
  if (readableFiles(files).length === 0) return { commands: [], skipped };
  const { paths, traps } = selectionOf({ target, files });
  return {
    skipped,
    commands: [{ args: argumentsFor(target, paths, traps) }],
  };
}

function argumentsFor(
  target: ScanTarget,
  paths: readonly string[],
  traps: readonly string[],
): string[] {
  return [
    '--format=json',
    '--quiet',
    '--ignore-nosec',
    // Without an ini file bandit looks for `.bandit` in the tree; with an empty one it has no options to take from it.
    '--ini=/dev/null',
    `--exclude=${[...excludedPatterns(target), ...traps].join(',')}`,
    '--recursive',
    '--',
    ...paths,
  ];
}

interface Selection {
  /** What bandit is told to read. */
  readonly paths: readonly string[];
  /** Patterns of what it must not open while it walks. */
  readonly traps: readonly string[];
}

/**
 * Bandit opens whatever ends in `.py` when it walks: it waits for a FIFO without end, reads a device or a huge file until
 * the memory is full, and follows links out of the tree. Where there is such a thing, it gets the files by name, or, if they
 * are more than a command line can carry, is told what to leave out.
 */
function selectionOf({ target, files }: Pick<CommandContext, 'target' | 'files'>): Selection {
  const traps = [
    ...files.irregular.filter(isPython),
    ...tooLargeFor(files).map(({ path }) => path),
  ];
  if (traps.length === 0) return { paths: [target.path], traps };
  const paths = readableFiles(files).map((path) => pathOf(target, path));
  const length = paths.reduce((sum, path) => sum + path.length + ARGUMENT_OVERHEAD, 0);
  if (length <= MAX_NAMES) return { paths, traps: [] };
  // The class at the end: bandit also leaves out what merely contains a pattern as it is written.
  const patterns = traps.map((path) => `${asPattern(pathOf(target, path).slice(0, -1))}[y]`);
  return { paths: [target.path], traps: patterns };
}

function readableFiles({ files, maxFileBytes }: FileTree): string[] {
  return files
    .filter(({ path, sizeBytes }) => isPython(path) && sizeBytes <= maxFileBytes)
    .map(({ path }) => path);
}

function tooLargeFor({ files, maxFileBytes }: FileTree): SkippedFile[] {
  const reason = tooLarge(maxFileBytes);
  return files
    .filter(({ path, sizeBytes }) => isPython(path) && sizeBytes > maxFileBytes)
    .map(({ path }) => ({ path, reason }));
}

function pathOf({ root }: ScanTarget, path: string): string {
  return root.endsWith('/') ? root + path : `${root}/${path}`;
}

function isPython(path: string): boolean {
  return path.endsWith('.py');
}

/**
 * Bandit compares whole paths with these, and its `*` matches slashes too. They begin at the target, so that a directory
 * above it with such a name hides nothing. They also take the place of bandit's own list.
 */
function excludedPatterns(target: ScanTarget): string[] {
  const start = asPattern(target.path);
  return directoriesToSkip(target).flatMap((name) => [
    `${start}/${name}/*`,
    `${start}/*/${name}/*`,
  ]);
}

/** Takes a path literally; the list is split at commas, so a comma is any one character. */
function asPattern(path: string): string {
  return path.replace(/[[*?]/gu, (character) => `[${character}]`).replaceAll(',', '?');
}

export const banditScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'bandit',
  scanType: 'code',
  description: 'Looks for insecure calls and settings in Python code.',
  checks: [
    'Shell commands and SQL put together from text',
    'Unsafe deserialisation, temporary files and file permissions',
    'Weak hashes, ciphers and TLS settings',
    'Passwords written into the code',
    'Debug modes and bindings to all interfaces',
  ],
  timeLimitMs: 600_000,
  tool: {
    executable: 'bandit',
    versionArguments: ['--version'],
    parseVersion: (output) => /^bandit\s+(\d+\.\d+\S*)/mu.exec(output)?.[1] ?? null,
    installHint: 'pipx install bandit',
    package: { name: 'bandit', version: '1.9.4' },
    env: { PYTHONUTF8: '1' },
  },
  successExitCodes: [0, 1],
  needsNetwork: () => false,
  appliesTo: ({ files }) => files.some(({ path }) => isPython(path)),
  plan,
  parse: parseBandit,
});
