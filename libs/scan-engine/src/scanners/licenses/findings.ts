import type { JsonObject, Severity } from '@securescan/contracts';
import type { LicensePolicy, ParsedFinding } from '@securescan/core';
import { dependencyMetadata } from '../dependency-metadata';
import { judge, judgeUnclear, type Verdict } from './judge';
import type { LicensedPackage, LicenseStatement } from './package-list';
import {
  LICENSE_RULES,
  SEVERITY_OF_EASED_COPYLEFT,
  SEVERITY_OF_UNKNOWN_BESIDE_ALLOW,
  type RuleName,
} from './rules';
import { groupOf, toExpression, type LicenseTree } from './spdx/license-tree';
import { readLicense, type LicenseReading, type UnknownReason } from './spdx/read-license';

/** Names and texts come from files that strangers wrote. */
const MAX_NAME = 214;
const MAX_VERSION = 100;
const MAX_LICENSE = 200;
const MAX_STATED = 20;
/** Thousands of packages share some dozens of texts; a tree with more different ones was made to take time. */
const MAX_GUESSES = 2_000;

const REASONS: Readonly<Record<UnknownReason, string>> = {
  missing: 'The metadata of the package names no licence.',
  unlicensed: 'The authors of the package say that they grant no licence.',
  proprietary:
    'The authors of the package say that it is proprietary, under terms that nobody but they can tell.',
  file: 'The metadata of the package points to a text in place of naming a licence.',
  unrecognised: 'What the metadata of the package says is the name of no licence that we know.',
};

/** What is held against licences, and the readings of their texts: packages say the same things over and over. */
export class LicenseJudge {
  private readonly readings = new Map<string, LicenseReading>();

  constructor(private readonly policy: LicensePolicy) {}

  /** At most one finding, shown at the file that names the package. */
  findingFor(found: LicensedPackage, file: string): ParsedFinding | null {
    const { statement, reading } = this.read(found.statements);
    if (reading.tree === null) return this.unknownLicense(found, file, statement, reading.reason);
    const verdict = reading.isUnclear
      ? judgeUnclear(reading.tree, this.policy)
      : judge(reading.tree, this.policy);
    if (verdict === null) return null;
    const isDev = found.scope === 'dev';
    return toFinding({
      found,
      file,
      license: toExpression(reading.tree),
      statement,
      rule: verdict.rule,
      severity: severityOf(verdict, isDev),
      details: detailsOf(verdict, reading.isUnclear, isDev),
      ids: verdict.leaves.map(({ id }) => id),
    });
  }

  private unknownLicense(
    found: LicensedPackage,
    file: string,
    statement: string,
    reason: UnknownReason,
  ): ParsedFinding {
    const hasAllowList = this.policy.allow.length > 0;
    return toFinding({
      found,
      file,
      license: null,
      statement,
      rule: 'unknown',
      severity: hasAllowList ? SEVERITY_OF_UNKNOWN_BESIDE_ALLOW : LICENSE_RULES.unknown.severity,
      details: [REASONS[reason]],
      ids: [],
    });
  }

  /** The first statement that can be understood; else the first one, with the reason why not. */
  private read(statements: readonly LicenseStatement[]): {
    readonly statement: string;
    readonly reading: LicenseReading;
  } {
    const read = statements.map((statement) => ({
      statement: oneLine(statement.texts.slice(0, MAX_STATED).join(' · '), MAX_LICENSE),
      reading: this.readStatement(statement),
    }));
    return (
      read.find(({ reading }) => reading.tree !== null) ??
      read.find(({ statement }) => statement !== '') ?? {
        statement: '',
        reading: { tree: null, reason: 'missing' },
      }
    );
  }

  private readStatement({ texts, isChoice }: LicenseStatement): LicenseReading {
    const readings = texts.slice(0, MAX_STATED).map((text) => this.readText(text));
    const [first] = readings;
    if (first === undefined) return { tree: null, reason: 'missing' };
    if (readings.length === 1) return first;
    const trees: LicenseTree[] = [];
    for (const reading of readings) {
      if (reading.tree !== null) trees.push(reading.tree);
      // One may choose among those that are understood; where all may hold, none must be overlooked.
      else if (!isChoice) return reading;
    }
    if (trees.length === 0) return first;
    const tree = groupOf(isChoice ? 'OR' : 'AND', trees);
    const isUnclear = readings.some((reading) => reading.tree !== null && reading.isUnclear);
    return { tree, isUnclear: isUnclear || (!isChoice && 'operator' in tree) };
  }

  private readText(text: string): LicenseReading {
    const before = this.readings.get(text);
    if (before !== undefined) return before;
    const reading = readLicense(text, this.readings.size < MAX_GUESSES);
    this.readings.set(text, reading);
    return reading;
  }
}

function severityOf({ rule, isEased }: Verdict, isDev: boolean): Severity {
  if (rule === 'copyleft' && (isEased || isDev)) return SEVERITY_OF_EASED_COPYLEFT;
  return LICENSE_RULES[rule].severity;
}

function detailsOf(verdict: Verdict, isUnclear: boolean, isDev: boolean): string[] {
  const details: string[] = [];
  if (isUnclear) {
    details.push('It names several licences, and not whether one may choose among them.');
  } else if (verdict.isEased) {
    details.push('The exception that goes with it frees programs which only link to the package.');
  }
  if (isDev && verdict.rule === 'copyleft') {
    details.push(
      'The package serves development only, so it weighs less: it binds nobody who does not hand it out.',
    );
  }
  return details;
}

interface Facts {
  readonly found: LicensedPackage;
  readonly file: string;
  /** As an expression, where it could be read. */
  readonly license: string | null;
  /** In the words of the package. */
  readonly statement: string;
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly details: readonly string[];
  /** Of the licences that it is about. */
  readonly ids: readonly string[];
}

function toFinding(facts: Facts): ParsedFinding {
  const { found, file, rule, severity } = facts;
  const packageName = oneLine(found.name, MAX_NAME);
  return {
    ruleId: ruleIdOf(rule, found.type),
    severity,
    title: titleOf(packageName, facts),
    description: descriptionOf(facts),
    filePath: file,
    lineStart: null,
    lineEnd: null,
    // A licence is no weakness of the code.
    cwe: null,
    remediation: LICENSE_RULES[rule].remediation,
    metadata: metadataOf(packageName, facts),
    discriminator: packageName,
  };
}

function titleOf(packageName: string, { found, license, statement, rule }: Facts): string {
  const version = found.version === null ? '' : ` ${oneLine(found.version, MAX_VERSION)}`;
  const { title } = LICENSE_RULES[rule];
  if (license !== null) {
    return `${packageName}${version} is licensed under ${oneLine(license, MAX_LICENSE)}${title}`;
  }
  return `${packageName}${version}${title}${statement === '' ? '' : `: “${statement}”`}`;
}

/** The reason stands where it is looked for first: in front where it is the point, else behind what the rule is about. */
function descriptionOf({ license, statement, rule, details }: Facts): string {
  const isRepeated = statement === '' || statement === license;
  const words = isRepeated ? [] : [`The package says “${statement}”.`];
  const { description } = LICENSE_RULES[rule];
  return (
    license === null ? [...details, ...words, description] : [description, ...details, ...words]
  ).join(' ');
}

function metadataOf(packageName: string, { found, license, statement, ids }: Facts): JsonObject {
  const references = ids
    .filter((id) => !id.includes('LicenseRef-'))
    .map((id) => `https://spdx.org/licenses/${id}.html`);
  const version = found.version === null ? null : oneLine(found.version, MAX_VERSION);
  return {
    ...dependencyMetadata({
      type: found.type,
      name: packageName,
      installedVersion: version,
      references: references.length > 0 ? references : ['https://spdx.org/licenses/'],
    }),
    license: license === null ? statement : oneLine(license, MAX_LICENSE),
    ...(license === null || license === statement ? {} : { declared_license: statement }),
    ...(found.scope === null ? {} : { scope: found.scope }),
  };
}

/** The contract has an id of its own for npm, for copyleft only. */
export function ruleIdOf(name: RuleName, type: LicensedPackage['type']): string {
  return name === 'copyleft' && type === 'npm' ? 'licenses/copyleft-npm' : `licenses/${name}`;
}

function oneLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
