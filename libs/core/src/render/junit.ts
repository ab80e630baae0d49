import type { Severity } from '@securescan/contracts';
import XmlBuilder from 'fast-xml-builder';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { isActive, suppressionOf } from '../model/suppression';
import { compareCodePoints } from '../order/compare-code-points';
import { severityRank } from '../severity/severity-rank';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';
import { outcomeText, placeOf } from './text-parts';

/** Attributes begin with `@`, the text is `#text`, everything else is a child. */
interface XmlElement {
  readonly [name: string]: string | number | XmlElement;
}

const builder = new XmlBuilder({
  attributeNamePrefix: '@',
  format: true,
  ignoreAttributes: false,
  indentBy: '  ',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
});

const MAX_NAME_CHARACTERS = 200;

/** What one scanner has to tell. */
interface Suite {
  readonly scanner: string;
  readonly outcome: ScannerOutcome | null;
  readonly findings: readonly Finding[];
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * The scan as JUnit XML, as CI systems read it: a suite for each scanner with a case for its run and one for each finding. A
 * finding at or above the threshold is a failure, a suppressed one is skipped, any other passes and tells itself in `system-out`.
 * A scanner that did not end is an error, one that could not run is skipped.
 */
export function* junitChunks(
  { findings, outcomes }: Pick<ScanDocument, 'findings' | 'outcomes'>,
  threshold: Severity = 'high',
): Generator<string> {
  const isFailure = (finding: Finding): boolean =>
    isActive(finding) && severityRank(finding.severity) >= severityRank(threshold);
  const suites = suitesOf(findings, outcomes).map((suite) => ({
    ...suite,
    counts: countsOf(suite, isFailure),
  }));
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield opening('testsuites', 'SecureScan', sumOf(suites.map(({ counts }) => counts)));
  for (const { scanner, outcome, findings: own, counts } of suites) {
    yield indented(opening('testsuite', scanner, counts));
    if (outcome !== null) yield caseText(runCase(outcome));
    for (const finding of own) yield caseText(findingCase(finding, isFailure(finding)));
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

/** In the order of the outcomes; scanners that have none, as those of an import, come after them by name. */
function suitesOf(
  findings: readonly Finding[],
  outcomes: readonly ScannerOutcome[],
): readonly Suite[] {
  const byScanner = new Map<string, Finding[]>(outcomes.map(({ scanner }) => [scanner, []]));
  const others = findings.map(({ scanner }) => scanner).filter((name) => !byScanner.has(name));
  for (const name of [...new Set(others)].sort(compareCodePoints)) byScanner.set(name, []);
  for (const finding of findings) byScanner.get(finding.scanner)?.push(finding);
  return [...byScanner].map(([scanner, own]) => ({
    scanner,
    outcome: outcomes.find((outcome) => outcome.scanner === scanner) ?? null,
    findings: own,
  }));
}

function countsOf({ outcome, findings }: Suite, isFailure: (finding: Finding) => boolean): Counts {
  const suppressed = findings.filter((finding) => !isActive(finding)).length;
  const status = outcome?.status ?? 'completed';
  return {
    tests: findings.length + (outcome === null ? 0 : 1),
    failures: findings.filter(isFailure).length,
    errors: status === 'failed' || status === 'timed_out' ? 1 : 0,
    skipped: suppressed + (status === 'skipped' ? 1 : 0),
  };
}

function sumOf(counts: readonly Counts[]): Counts {
  const sum = (name: keyof Counts): number => counts.reduce((total, one) => total + one[name], 0);
  return {
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    skipped: sum('skipped'),
  };
}

function runCase(outcome: ScannerOutcome): XmlElement {
  const reason = escapeControls(outcomeText(outcome));
  const named = {
    '@name': `${outcome.scanner} ran`,
    '@classname': classOf(outcome.scanner),
  };
  if (outcome.status === 'completed') return named;
  if (outcome.status === 'skipped') return { ...named, skipped: { '@message': reason } };
  return { ...named, error: { '@type': outcome.status, '@message': reason } };
}

function findingCase(finding: Finding, isFailure: boolean): XmlElement {
  const { filePath, lineStart, severity } = finding;
  const suppression = suppressionOf(finding);
  const named = {
    '@name': nameOf(finding),
    '@classname': classOf(finding.scanner),
    ...(filePath === null ? {} : { '@file': escapeControls(filePath) }),
    ...(lineStart === null ? {} : { '@line': lineStart }),
  };
  if (suppression !== null) {
    const reason = suppression.reason ?? 'no reason given';
    const message = escapeControls(`suppressed (${suppression.kind}): ${reason}`);
    return { ...named, skipped: { '@message': message } };
  }
  const text = bodyOf(finding);
  if (!isFailure) return { ...named, 'system-out': text };
  const title = escapeControls(finding.title);
  return { ...named, failure: { '@type': severity, '@message': title, '#text': text } };
}

/** CI systems tell cases apart, and follow them, by class and name. */
function nameOf(finding: Finding): string {
  const title = escapeControls(finding.title).slice(0, MAX_NAME_CHARACTERS).toWellFormed();
  return `${title} [${finding.id}]`;
}

function classOf(scanner: string): string {
  return `securescan.${escapeControls(scanner)}`;
}

function bodyOf(finding: Finding): string {
  const { ruleId, cwe, severity, description, remediation } = finding;
  return [
    `${severity}: ${description === '' ? finding.title : description}`,
    `Place: ${placeOf(finding) ?? 'none'}`,
    `Rule: ${ruleId}${cwe === null ? '' : ` (${cwe})`}`,
    ...(remediation === null ? [] : [`Remediation: ${remediation}`]),
  ]
    .map(escapeControls)
    .join('\n');
}

function opening(tag: string, name: string, counts: Counts): string {
  const { tests, failures, errors, skipped } = counts;
  const element: XmlElement = {
    '@name': escapeControls(name),
    '@tests': tests,
    '@failures': failures,
    '@errors': errors,
    '@skipped': skipped,
  };
  return builder.build({ [tag]: element }).replace(/\/>\n$/, '>\n');
}

function caseText(testcase: XmlElement): string {
  return builder
    .build({ testcase })
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

function indented(line: string): string {
  return `  ${line}`;
}
