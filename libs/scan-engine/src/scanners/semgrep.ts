import type { JsonReader } from '@securescan/core';
import type { JsonObject, Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type {
  CommandContext,
  ExternalScanner,
  ScannerReport,
  ScanOptions,
  ScanTarget,
  SkippedFile,
  ToolPlan,
} from '../scanner';
import { firstSentence } from './first-sentence';
import { readToolJson } from './json-reader';
import { tidyNotes } from './notes';
import { semgrepErrorNote } from './semgrep-notes';
import { directoriesToSkip } from './skipped-directories';

const AUTO = 'auto';
/** `p/ci`, `r/python.lang.x`, `s/team:rule`: names in the registry of semgrep. */
const REGISTRY_NAME = /^[prs]\/[\w.:/-]+$/u;

/** Semgrep's first set of severities and its second one. Rules of either kind are in use. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['CRITICAL', 'critical'],
  ['ERROR', 'high'],
  ['HIGH', 'high'],
  ['WARNING', 'medium'],
  ['MEDIUM', 'medium'],
  ['INFO', 'low'],
  ['LOW', 'low'],
  ['EXPERIMENT', 'info'],
  ['INVENTORY', 'info'],
]);
const SEVERITY_OF_UNKNOWN = 'low';

/**
 * Reads what `semgrep scan --json` writes. Paths stay as printed. Throws ScannerOutputError for anything else.
 */
export function parseSemgrep(stdout: string): ScannerReport {
  const report = readToolJson('semgrep', stdout);
  const paths = report.field('paths');
  return {
    findings: report.field('results').items().map(toFinding),
    assessed: paths
      .field('scanned')
      .items()
      .map((path) => path.string()),
    skipped: paths.field('skipped').optionalItems().flatMap(toSkipped),
    notes: tidyNotes(report.field('errors').optionalItems().map(semgrepErrorNote)),
  };
}

function toFinding(result: JsonReader): ParsedFinding {
  const ruleId = result.field('check_id').string();
  const extra = result.field('extra');
  const metadata = extra.field('metadata');
  const message = extra.field('message').optionalString() ?? '';
  const lineStart = result.field('start').field('line').line();
  return {
    ruleId,
    severity: toSeverity(extra.field('severity').optionalString()),
    title: textOf(metadata, 'title') ?? firstSentence(message, ruleId),
    description: message.trim() === '' ? ruleId : message.trim(),
    filePath: result.field('path').string(),
    lineStart,
    lineEnd: result.field('end').field('line').line() ?? lineStart,
    cwe: metadata.isAbsent ? null : metadata.field('cwe').firstString(),
    remediation: textOf(metadata, 'remediation') ?? textOf(metadata, 'fix'),
    metadata: toMetadata(extra),
  };
}

function toSeverity(printed: string | null): Severity {
  return SEVERITIES.get((printed ?? 'INFO').toUpperCase()) ?? SEVERITY_OF_UNKNOWN;
}

/** What the rule's author wrote, and the replacement that semgrep offers: it is code, so it is not shown as advice. */
function toMetadata(extra: JsonReader): JsonObject {
  const metadata = extra.field('metadata').optionalJson();
  const references = referencesOf(metadata);
  const fix = extra.field('fix').optionalString();
  return {
    ...metadata,
    ...(references.length === 0 ? {} : { references }),
    ...(fix === null ? {} : { suggested_code: fix }),
  };
}

/** Authors write one address or several; rules of the registry without any have at least a page of their own. */
function referencesOf({ references, source }: JsonObject): string[] {
  const written = [references ?? []].flat().filter((each) => typeof each === 'string');
  if (written.length > 0) return written;
  return typeof source === 'string' && source.startsWith('https://') ? [source] : [];
}

/** A text that a rule's author may have added; other types under that name are theirs and mean nothing here. */
function textOf(metadata: JsonReader, name: string): string | null {
  const value = metadata.optionalJson()[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function toSkipped(skipped: JsonReader): SkippedFile[] {
  const reason = skipped.field('reason').string();
  // Left out on our own order, like everywhere else.
  if (reason.startsWith('cli_exclude')) return [];
  return [{ path: skipped.field('path').string(), reason: reason.replaceAll('_', ' ') }];
}

function needsNetwork({ semgrepRules }: ScanOptions): boolean {
  return semgrepRules.some((rule) => rule === AUTO || REGISTRY_NAME.test(rule));
}

function plan({ target, options, rulePack }: CommandContext): ToolPlan {
  const rules = options.semgrepRules.length === 0 ? [rulePack] : options.semgrepRules;
  return {
    commands: [{ args: argumentsFor(target, rules) }],
  };
}

function argumentsFor(target: ScanTarget, rules: readonly string[]): string[] {
  return [
    'scan',
    '--json',
    '--quiet',
    // Semgrep refuses `auto` where metrics are off: who names it agrees to them.
    `--metrics=${rules.includes(AUTO) ? 'auto' : 'off'}`,
    '--disable-version-check',
    '--no-rewrite-rule-ids',
    // The tree decides neither what is looked at nor what is reported.
    '--disable-nosem',
    '--no-git-ignore',
    '--x-ignore-semgrepignore-files',
    ...directoriesToSkip(target).map((name) => `--exclude=${name}`),
    ...rules.map((rule) => `--config=${rule}`),
    '--',
    target.path,
  ];
}

export const semgrepScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'semgrep',
  scanType: 'code',
  description:
    'Looks for dangerous code in many languages by its structure, with a rule pack that ships with SecureScan and needs no network.',
  checks: [
    'Injection into commands, queries, templates and file paths',
    'Cross-site scripting and unsafe redirects',
    'Weak cryptography and disabled certificate checks',
    'Unsafe deserialisation and evaluation of text as code',
    'Risky settings in configuration files',
  ],
  timeLimitMs: 900_000,
  tool: {
    executable: 'semgrep',
    versionArguments: ['--version'],
    parseVersion: (output) => /^\s*(\d+\.\d+\.\d+\S*)/u.exec(output)?.[1] ?? null,
    installHint: 'pipx install "semgrep>=1.108"',
    package: { name: 'semgrep', version: '1.182.0' },
    env: { SEMGREP_ENABLE_VERSION_CHECK: '0', SEMGREP_SEND_METRICS: 'off', PYTHONUTF8: '1' },
  },
  successExitCodes: [0, 1],
  needsNetwork,
  userRules: (options) => options.semgrepRules,
  appliesTo: ({ files }) => files.length > 0,
  plan,
  parse: parseSemgrep,
});
