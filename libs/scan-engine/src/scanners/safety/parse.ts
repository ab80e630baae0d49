import type { JsonReader } from '@securescan/core';
import type { Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type { ScannerReport } from '../../scanner';
import { dependencyMetadata, packageIdentity } from '../dependency-metadata';
import { firstSentence } from '../first-sentence';
import { readToolJson } from '../json-reader';
import { ScannerOutputError } from '../scanner-output.errors';

const TOOL = 'safety';
const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['NONE', 'info'],
]);
type Bands = readonly (readonly [least: number, severity: Severity])[];
/** The qualitative scale of CVSS 3, section 5. */
const BANDS_OF_3: Bands = [
  [9, 'critical'],
  [7, 'high'],
  [4, 'medium'],
  [0.1, 'low'],
];
/** CVSS 2 has no such scale; these are the bands of the National Vulnerability Database. */
const BANDS_OF_2: Bands = [
  [7, 'high'],
  [4, 'medium'],
  [0, 'low'],
];
/** Where the database rates nothing: a known vulnerability that nobody has measured. */
const SEVERITY_OF_UNRATED = 'high';
/** A dependency on a vulnerable third-party component. */
const VULNERABLE_COMPONENT = 'CWE-1395';
const MAX_DESCRIPTION = 2_000;

/**
 * Reads what `safety check --output json` writes: the object of safety 2 and 3, between the announcements that 3 prints around
 * it, and the list of rows of safety 1. `subject` is the manifest. Throws ScannerOutputError for anything else.
 */
export function parseSafety(stdout: string, subject: string): ScannerReport {
  const report = readToolJson(TOOL, withoutAnnouncements(stdout));
  const entries = report.isList
    ? report.items().map(readRow)
    : report
        .field('vulnerabilities')
        .items()
        .filter((entry) => !entry.field('ignored').isTrue)
        .map(readEntry);
  return {
    findings: entries.map((entry) => toFinding(entry, subject)),
    assessed: [subject],
    skipped: [],
    notes: [],
  };
}

/** The lines from the first opening bracket that stands alone to the last closing one. */
function withoutAnnouncements(stdout: string): string {
  const start = /^(?:\{|\[)/mu.exec(stdout)?.index;
  if (start === undefined) throw new ScannerOutputError(TOOL, 'it holds no report');
  const end = Math.max(stdout.lastIndexOf('}'), stdout.lastIndexOf(']'));
  return stdout.slice(start, end + 1);
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly affected: string | null;
  readonly advisory: string;
  readonly fixed: readonly string[];
  readonly cve: string | null;
  readonly rating: Rating | null;
  readonly references: readonly string[];
}

interface Rating {
  readonly severity: Severity;
  readonly score: number;
  readonly vector: string | null;
}

/** `[package, affected, installed, description, id]`, and perhaps two more. */
function readRow(row: JsonReader): Entry {
  const [name, affected, version, advisory, id] = row.items().map((cell) => cell.optionalString());
  if (typeof name !== 'string' || typeof id !== 'string') {
    throw new ScannerOutputError(TOOL, 'a row names neither package nor advisory');
  }
  return {
    id,
    name,
    version: version ?? null,
    affected: affected ?? null,
    advisory: advisory ?? '',
    fixed: [],
    cve: null,
    rating: null,
    references: [],
  };
}

function readEntry(entry: JsonReader): Entry {
  const texts = (name: string): string[] =>
    entry
      .field(name)
      .optionalItems()
      .map((item) => item.string());
  const moreInfo = entry.field('more_info_url').optionalString();
  const affected = entry.field('vulnerable_spec');
  return {
    id: entry.field('vulnerability_id').string(),
    name: entry.field('package_name').string(),
    version: entry.field('analyzed_version').optionalString(),
    affected: affected.isList ? texts('vulnerable_spec').join(' or ') : affected.optionalString(),
    advisory: entry.field('advisory').optionalString() ?? '',
    fixed: texts('fixed_versions'),
    cve: entry.field('CVE').optionalString(),
    rating: readRating(entry.field('severity')),
    references: [...(moreInfo === null ? [] : [moreInfo]), ...texts('resources')],
  };
}

/** The newest CVSS that the database gives. */
function readRating(severity: JsonReader): Rating | null {
  if (severity.isAbsent) return null;
  for (const [version, bands] of [
    ['cvssv3', BANDS_OF_3],
    ['cvssv2', BANDS_OF_2],
  ] as const) {
    const cvss = severity.field(version);
    if (cvss.isAbsent || cvss.field('base_score').isAbsent) continue;
    const score = cvss.field('base_score').number();
    const told = cvss.field('base_severity').optionalString() ?? '';
    return {
      severity: SEVERITIES.get(told.toUpperCase()) ?? severityOf(score, bands),
      score,
      vector: cvss.field('vector_string').optionalString(),
    };
  }
  return null;
}

function severityOf(score: number, bands: Bands): Severity {
  return bands.find(([least]) => score >= least)?.[1] ?? 'info';
}

function toFinding(entry: Entry, subject: string): ParsedFinding {
  const { name, version, advisory, rating, cve } = entry;
  const what = version === null ? name : `${name} ${version}`;
  return {
    ruleId: `safety/${entry.id}`,
    severity: rating?.severity ?? SEVERITY_OF_UNRATED,
    title: `Vulnerable package: ${name}`,
    description:
      `${what} is named here. ${firstSentence(advisory, 'The advisory has no text')}.`.slice(
        0,
        MAX_DESCRIPTION,
      ),
    filePath: subject,
    lineStart: null,
    lineEnd: null,
    cwe: VULNERABLE_COMPONENT,
    remediation: adviceOf(entry),
    metadata: dependencyMetadata({
      type: 'pypi',
      name,
      installedVersion: version,
      affectedRange: entry.affected,
      fixedVersions: entry.fixed,
      advisories: [`SAFETY-${entry.id}`, ...(cve === null || cve === '' ? [] : [cve])],
      cvss: rating === null ? null : { score: rating.score, vector: rating.vector },
      references: entry.references,
    }),
    discriminator: packageIdentity({ type: 'pypi', name }),
  };
}

function adviceOf({ name, fixed, affected }: Entry): string {
  if (fixed.length > 0) return `Update ${name} to ${fixed.join(' or ')}.`;
  return affected === null || affected === ''
    ? `Update ${name}, or look for another package.`
    : `Move ${name} out of the affected range ${affected}, or look for another package.`;
}
