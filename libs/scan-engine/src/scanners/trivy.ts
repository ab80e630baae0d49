import type { JsonReader } from '@securescan/core';
import type { JsonObject, Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type {
  CommandContext,
  ExternalScanner,
  ScannerReport,
  ScanOptions,
  ToolPlan,
} from '../scanner';
import { dependencyMetadata, packageIdentity } from './dependency-metadata';
import { readToolJson } from './json-reader';
import { directoryOf, pathWithin } from './paths';
import { directoriesToSkip } from './skipped-directories';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
]);
const SEVERITY_OF_UNKNOWN = 'info';
/** Where the database names no weakness: a dependency on a vulnerable third-party component. */
const VULNERABLE_COMPONENT = 'CWE-1395';
/** The targets of other classes are packages of an operating system, which stand in no file that a person edits. */
const IN_A_FILE = 'lang-pkgs';
/** Whose score is shown, best first; within one, the newest version of CVSS that it gives. */
const SCORERS = ['nvd', 'ghsa', 'redhat'];
const CVSS_VERSIONS = ['V40', 'V3', 'V2'];
/** Package URL types by trivy's names, for reports that are older than its own URLs. */
const UNKNOWN_TYPE = 'generic';
const PURL_TYPES: ReadonlyMap<string, string> = new Map([
  ...['npm', 'yarn', 'pnpm', 'bun', 'node-pkg'].map((name) => [name, 'npm'] as const),
  ...['pip', 'pipenv', 'poetry', 'uv', 'python-pkg'].map((name) => [name, 'pypi'] as const),
  ...['bundler', 'gemspec'].map((name) => [name, 'gem'] as const),
  ...['gomod', 'gobinary'].map((name) => [name, 'golang'] as const),
  ...['pom', 'gradle', 'jar', 'sbt'].map((name) => [name, 'maven'] as const),
  ['cargo', 'cargo'],
  ['composer', 'composer'],
  ['nuget', 'nuget'],
]);

/**
 * Reads what `trivy filesystem --format json` writes. Its targets are relative to the scanned directory, which `subject` names
 * relative to the root (empty for the root). Throws ScannerOutputError for anything else.
 */
export function parseTrivy(stdout: string, subject: string): ScannerReport {
  const report = readToolJson('trivy', stdout);
  report.field('SchemaVersion').integer();
  const results = report.field('Results').optionalItems();
  return {
    findings: results.flatMap((result) =>
      result
        .field('Vulnerabilities')
        .optionalItems()
        .map((vulnerability) => toFinding(vulnerability, result, subject)),
    ),
    assessed: results.flatMap((result) => fileOf(result, subject) ?? []),
    skipped: [],
    notes: [],
  };
}

function fileOf(result: JsonReader, subject: string): string | null {
  const target = result.field('Target').string();
  const kind = result.field('Class').optionalString() ?? IN_A_FILE;
  if (kind !== IN_A_FILE) return null;
  return subject === '' ? target : `${subject}/${target}`;
}

function toFinding(entry: JsonReader, result: JsonReader, subject: string): ParsedFinding {
  const id = entry.field('VulnerabilityID').string();
  const name = entry.field('PkgName').string();
  const fixed = entry.field('FixedVersion').optionalString() ?? '';
  const severity = entry.field('Severity').optionalString() ?? '';
  return {
    ruleId: id,
    severity: SEVERITIES.get(severity.toUpperCase()) ?? SEVERITY_OF_UNKNOWN,
    ...wordsOf(entry, id, name),
    filePath: fileOf(result, subject),
    lineStart: null,
    lineEnd: null,
    cwe: entry.field('CweIDs').optionalItems()[0]?.string() ?? VULNERABLE_COMPONENT,
    remediation: fixed === '' ? null : `Update ${name} to ${fixed.replaceAll(', ', ' or ')}.`,
    metadata: metadataOf(entry, result, fixed),
    discriminator: packageIdentity({ type: typeOf(result), name }),
  };
}

function wordsOf(
  entry: JsonReader,
  id: string,
  name: string,
): Pick<ParsedFinding, 'title' | 'description'> {
  const title = entry.field('Title').optionalString() ?? '';
  const description = entry.field('Description').optionalString() ?? title;
  return {
    title: title === '' ? `${id} in ${name}` : named(title, name),
    description: description === '' ? `${name} is affected by ${id}.` : description,
  };
}

/** Most titles begin with the package already. */
function named(title: string, name: string): string {
  return title.toLowerCase().startsWith(`${name.toLowerCase()}:`) ? title : `${name}: ${title}`;
}

function typeOf(result: JsonReader): string {
  return PURL_TYPES.get(result.field('Type').optionalString() ?? '') ?? UNKNOWN_TYPE;
}

function metadataOf(entry: JsonReader, result: JsonReader, fixed: string): JsonObject {
  const id = entry.field('VulnerabilityID').string();
  const type = typeOf(result);
  const identifier = entry.field('PkgIdentifier');
  const purl = identifier.isAbsent ? null : identifier.field('PURL').optionalString();
  return dependencyMetadata({
    type,
    name: entry.field('PkgName').string(),
    installedVersion: entry.field('InstalledVersion').optionalString(),
    // As trivy writes it where it does: it knows the package's place better than its name tells.
    ...(purl === null && type !== UNKNOWN_TYPE ? {} : { purl }),
    fixedVersions: fixed === '' ? [] : [fixed],
    advisories: [
      id,
      ...entry
        .field('VendorIDs')
        .optionalItems()
        .map((one) => one.string()),
    ],
    cvss: cvssOf(entry.field('CVSS')),
    references: referencesOf(entry),
  });
}

function referencesOf(entry: JsonReader): string[] {
  const primary = entry.field('PrimaryURL').optionalString();
  const others = entry
    .field('References')
    .optionalItems()
    .map((reference) => reference.string());
  return primary === null ? others : [primary, ...others];
}

function cvssOf(scores: JsonReader): { score: number; vector: string | null } | null {
  if (scores.isAbsent) return null;
  const scorers = [...SCORERS, ...scores.fieldNames()];
  for (const version of CVSS_VERSIONS) {
    for (const scorer of scorers) {
      const score = scores.field(scorer);
      const number = score.isAbsent ? score : score.field(`${version}Score`);
      if (number.isAbsent) continue;
      return {
        score: number.number(),
        vector: score.field(`${version}Vector`).optionalString(),
      };
    }
  }
  return null;
}

function plan({ target, options, files }: CommandContext): ToolPlan {
  const { trivyCache, trivySkipDbUpdate = false } = options.tools ?? {};
  const within = pathWithin(target);
  const isFile = files.files.some(({ path }) => path === within);
  return {
    commands: [
      {
        args: [
          'filesystem',
          '--format=json',
          '--scanners=vuln',
          '--list-all-pkgs',
          '--quiet',
          '--timeout=15m',
          '--skip-version-check',
          '--disable-telemetry',
          // Otherwise a `pom.xml` names the servers that trivy asks for its parents and dependencies.
          '--offline-scan',
          // The tree decides neither what is looked at nor what is reported.
          '--config=/dev/null',
          '--ignorefile=/dev/null',
          ...directoriesToSkip(target).map((name) => `--skip-dirs=**/${name}`),
          ...(trivyCache === undefined ? [] : [`--cache-dir=${trivyCache}`]),
          ...(trivySkipDbUpdate ? ['--skip-db-update', '--skip-java-db-update'] : []),
          '--',
          target.path,
        ],
        subject: isFile ? directoryOf(within) : within,
      },
    ],
  };
}

function needsNetwork({ tools }: ScanOptions): boolean {
  return tools?.trivySkipDbUpdate !== true;
}

export const trivyScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'trivy',
  scanType: 'dependency',
  description:
    'Looks up the packages of lock files in a database of known vulnerabilities, for many languages at once.',
  checks: [
    'Vulnerable packages in the lock files of npm, pip, Go, Cargo, Maven, Composer and others',
    'Severity, CVSS and weakness of each vulnerability',
    'The version that fixes it, where there is one',
  ],
  timeLimitMs: 900_000,
  tool: {
    executable: 'trivy',
    versionArguments: ['--version'],
    parseVersion: (output) => /^Version:\s+v?(\d+\.\d+\S*)/mu.exec(output)?.[1] ?? null,
    installHint: 'see https://trivy.dev/latest/getting-started/installation/',
  },
  successExitCodes: [0],
  needsNetwork,
  appliesTo: ({ files }) => files.length > 0,
  directories: ({ tools }) =>
    tools?.trivyCache === undefined ? {} : { writable: [tools.trivyCache] },
  plan,
  parse: parseTrivy,
});
