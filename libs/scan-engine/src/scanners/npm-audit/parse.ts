import type { JsonReader } from '@securescan/core';
import type { Severity } from '@securescan/contracts';
import { compareCodePoints, type ParsedFinding } from '@securescan/core';
import type { ScannerReport } from '../../scanner';
import { dependencyMetadata, packageUrl, type DependencyFacts } from '../dependency-metadata';
import { readToolJson } from '../json-reader';
import { ScannerOutputError } from '../scanner-output.errors';

const TOOL = 'npm audit';
const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['critical', 'critical'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['info', 'info'],
]);
const SEVERITY_OF_UNKNOWN = 'medium';
/** Where an advisory names no weakness: a dependency on a vulnerable third-party component. */
const VULNERABLE_COMPONENT = 'CWE-1395';
const GHSA = /GHSA(?:-[0-9a-z]{4}){3}/u;

/** Where the report came from, for findings that do not say it themselves. */
interface Origin {
  readonly lockFile: string;
  readonly versions: Readonly<Record<string, string>>;
}

interface Advisory {
  readonly facts: DependencyFacts;
  /** The number that the registry gives it. */
  readonly number: number;
  readonly url: string | null;
  readonly title: string;
  readonly severity: string;
  readonly cwe: string | null;
  readonly advice: string;
}

/**
 * Reads what `npm audit --json` writes: reports of version 2 (npm 7 and later) and of npm 6. `subject` is the lock file,
 * `versions` the version at each place of it. Throws ScannerOutputError for anything else, an error of the registry included.
 */
export function parseNpmAudit(
  stdout: string,
  subject: string,
  versions: Readonly<Record<string, string>> = {},
): ScannerReport {
  const report = readToolJson(TOOL, stdout);
  const origin: Origin = { lockFile: subject, versions };
  const advisories = advisoriesOf(report, origin);
  return {
    findings: advisories.map((advisory) => toFinding(advisory, origin)),
    assessed: [subject],
    skipped: [],
    notes: [],
  };
}

function advisoriesOf(report: JsonReader, origin: Origin): Advisory[] {
  const vulnerabilities = report.field('vulnerabilities');
  if (!vulnerabilities.isAbsent) return distinct(readVersion2(vulnerabilities, origin));
  const advisories = report.field('advisories');
  if (!advisories.isAbsent) return distinct(readNpm6(advisories));
  throw new ScannerOutputError(TOOL, `it is an error: ${errorText(report)}`);
}

/** npm's own errors, and the body of a registry that has no advisories. */
function errorText(report: JsonReader): string {
  const error = report.field('error');
  const message = report.field('message');
  if (message.isText && message.string() !== '') return message.string();
  if (error.isText) return error.string();
  const summary = error.isAbsent ? '' : (error.field('summary').optionalString() ?? '');
  return summary === '' ? 'it says neither vulnerabilities nor why' : summary;
}

function readVersion2(vulnerabilities: JsonReader, { versions }: Origin): Advisory[] {
  return vulnerabilities.fieldNames().flatMap((key) => {
    const entry = vulnerabilities.field(key);
    const places = entry
      .field('nodes')
      .optionalItems()
      .map((place) => place.string());
    const installed = places.flatMap((place) =>
      Object.hasOwn(versions, place) ? [versions[place] ?? ''] : [],
    );
    const fix = readFix(entry.field('fixAvailable'));
    return entry
      .field('via')
      .items()
      .filter((via) => !via.isText)
      .map((via) => readVia(via, installed, fix));
  });
}

function readVia(via: JsonReader, installed: readonly string[], fix: Fix): Advisory {
  const name = via.field('name').string();
  const url = via.field('url').optionalString();
  const cvss = via.field('cvss');
  const score = cvss.isAbsent ? null : cvss.field('score').number();
  const vector = cvss.isAbsent ? null : cvss.field('vectorString').optionalString();
  return {
    number: via.field('source').integer(),
    url,
    title: via.field('title').string(),
    severity: via.field('severity').string(),
    cwe: via.field('cwe').firstString(),
    advice: fix.advice,
    facts: {
      type: 'npm',
      name,
      ...installedFacts(name, installed),
      fixedVersions: fix.name === name ? [fix.version] : [],
      affectedRange: via.field('range').optionalString(),
      advisories: ghsaOf(url),
      // A score of 0 without a vector means that nobody has scored it.
      cvss: score === null || (score === 0 && vector === null) ? null : { score, vector },
      references: url === null ? [] : [url],
    },
  };
}

interface Fix {
  readonly advice: string;
  /** The package to update, where npm names one, and the version that it names. */
  readonly name: string | null;
  readonly version: string;
}

/** `true` where the ranges in use allow the fix, an object where an update of a direct dependency brings it. */
function readFix(fix: JsonReader): Fix {
  if (fix.isObject) {
    const name = fix.field('name').string();
    const version = fix.field('version').string();
    const isMajor = fix.field('isSemVerMajor').isTrue;
    const breaking = isMajor ? ', a major version that may need changes of your code' : '';
    return { advice: `Update ${name} to ${version}${breaking}.`, name, version };
  }
  const advice = fix.isTrue
    ? 'Run `npm audit fix`: an update within the ranges of package.json removes it.'
    : 'No update removes it yet. Look for another package, or make sure that the vulnerable part is never reached.';
  return { advice, name: null, version: '' };
}

function readNpm6(advisories: JsonReader): Advisory[] {
  return advisories.fieldNames().map((key) => {
    const entry = advisories.field(key);
    const installed = entry
      .field('findings')
      .optionalItems()
      .map((found) => found.field('version').string());
    const name = entry.field('module_name').string();
    const url = entry.field('url').optionalString();
    const patched = entry.field('patched_versions').optionalString();
    const cves = entry
      .field('cves')
      .optionalItems()
      .map((id) => id.string());
    return {
      number: entry.field('id').integer(),
      url,
      title: entry.field('title').string(),
      severity: entry.field('severity').string(),
      cwe: entry.field('cwe').firstString(),
      advice: hasPatch(patched)
        ? `Update to a version within ${patched ?? ''}.`
        : 'No version without it has been published. Look for another package.',
      facts: {
        type: 'npm',
        name,
        ...installedFacts(name, installed),
        affectedRange: entry.field('vulnerable_versions').optionalString(),
        fixedVersions: hasPatch(patched) ? [patched ?? ''] : [],
        advisories: [...ghsaOf(url), ...cves],
        references: url === null ? [] : [url],
      },
    };
  });
}

function hasPatch(patched: string | null): boolean {
  return patched !== null && patched !== '' && patched !== '<0.0.0';
}

/** npm repeats an advisory under every package that depends on the one it is about. */
function distinct(advisories: readonly Advisory[]): Advisory[] {
  const known = new Map<string, Advisory>();
  for (const advisory of advisories) {
    const key = JSON.stringify([ruleIdOf(advisory), advisory.facts.name]);
    if (!known.has(key)) known.set(key, advisory);
  }
  return [...known.values()];
}

function toFinding(advisory: Advisory, { lockFile }: Origin): ParsedFinding {
  const { facts, title, severity, cwe, advice } = advisory;
  const { installedVersion: version = null } = facts;
  return {
    ruleId: ruleIdOf(advisory),
    severity: SEVERITIES.get(severity.toLowerCase()) ?? SEVERITY_OF_UNKNOWN,
    title: `${facts.name}: ${title}`,
    description: `${title}. ${facts.name}${version === null ? '' : ` ${version}`} is locked here${rangeText(facts)}.`,
    filePath: lockFile,
    lineStart: null,
    lineEnd: null,
    cwe: cwe ?? VULNERABLE_COMPONENT,
    remediation: advice,
    metadata: dependencyMetadata(facts),
    discriminator: facts.name,
  };
}

function rangeText({ affectedRange }: DependencyFacts): string {
  return affectedRange === undefined || affectedRange === null || affectedRange === ''
    ? ''
    : `; affected are ${affectedRange}`;
}

function ruleIdOf({ facts, number }: Advisory): string {
  const ghsa = facts.advisories?.find((id) => id.startsWith('GHSA-'));
  return `npm-audit/${ghsa ?? String(number)}`;
}

function ghsaOf(url: string | null): string[] {
  const id = url === null ? undefined : GHSA.exec(url)?.[0];
  return id === undefined ? [] : [id];
}

/** A package URL names one version; of a package that is installed in several it names none. */
function installedFacts(
  name: string,
  versions: readonly string[],
): Pick<DependencyFacts, 'installedVersion' | 'purl'> {
  const [first = null, ...others] = [...new Set(versions)].sort(compareCodePoints);
  if (others.length === 0) return { installedVersion: first };
  return {
    installedVersion: [first, ...others].join(', '),
    purl: packageUrl({ type: 'npm', name }),
  };
}
