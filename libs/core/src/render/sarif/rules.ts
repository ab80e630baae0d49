import type { Severity } from '@securescan/contracts';
import type { ReportingDescriptor, ReportingConfiguration } from 'sarif';
import type { Finding } from '../../model/finding';
import { compareCodePoints } from '../../order/compare-code-points';
import { highestSeverity } from '../../severity/severity-rank';
import { sarifText } from './text';

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, ReportingConfiguration.level>;

/** What code scanning sorts and colours by: inside the bands of CVSS. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '7.5',
  medium: '5.0',
  low: '2.5',
  info: '0.5',
};

/** More is cut by code scanning, or refused. */
const MAX_NAME_CHARACTERS = 255;
const MAX_DESCRIPTION_CHARACTERS = 1_024;
const MAX_HELP_CHARACTERS = 10_000;
/** More of them make code scanning refuse the rule. */
const MAX_TAGS = 20;

/** SARIF's word for a severity. */
export function sarifLevel(severity: Severity): (typeof LEVELS)[Severity] {
  return LEVELS[severity];
}

/** The rules that the findings name, sorted by id, each described by what all of its findings say alike. */
export function sarifRules(findings: readonly Finding[]): ReportingDescriptor[] {
  const byRule = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const others = byRule.get(finding.ruleId);
    if (others === undefined) byRule.set(finding.ruleId, [finding]);
    else others.push(finding);
  }
  return [...byRule.values()].sort(([a], [b]) => compareCodePoints(a.ruleId, b.ruleId)).map(ruleOf);
}

function ruleOf(findings: readonly [Finding, ...Finding[]]): ReportingDescriptor {
  const [first, ...others] = findings;
  const severity = highestSeverity(first.severity, ...others.map((finding) => finding.severity));
  const title = shared(findings, (finding) => finding.title) ?? first.ruleId;
  const description = shared(findings, (finding) => finding.description) ?? title;
  const cwe = shared(findings, (finding) => finding.cwe);
  const remediation = shared(findings, (finding) => finding.remediation);
  return {
    id: first.ruleId,
    name: title.slice(0, MAX_NAME_CHARACTERS).toWellFormed(),
    shortDescription: { text: sarifText(title, MAX_DESCRIPTION_CHARACTERS) },
    fullDescription: { text: sarifText(description, MAX_DESCRIPTION_CHARACTERS) },
    help: { text: sarifText(remediation ?? description, MAX_HELP_CHARACTERS) },
    ...(cwe === null ? {} : { helpUri: weaknessUri(cwe) }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SECURITY_SEVERITIES[severity], tags: tagsOf(findings) },
  };
}

/** A text that all findings of a rule have. One that differs belongs to the finding, not to the rule. */
function shared(
  findings: readonly [Finding, ...Finding[]],
  read: (finding: Finding) => string | null,
): string | null {
  const text = read(findings[0]);
  const isShared = findings.every((finding) => read(finding) === text);
  return isShared && text?.trim() !== '' ? text : null;
}

function tagsOf(findings: readonly Finding[]): string[] {
  const weaknesses = findings.flatMap(({ cwe }) => (cwe === null ? [] : [weaknessTag(cwe)]));
  const controls = findings.flatMap(({ complianceTags }) => complianceTags);
  const tags = [weaknesses, controls].flatMap((group) =>
    [...new Set(group)].sort(compareCodePoints),
  );
  return ['security', ...tags].slice(0, MAX_TAGS);
}

/** Where a weakness is explained. */
function weaknessUri(cwe: string): string {
  return `https://cwe.mitre.org/data/definitions/${cwe.replace(/\D/g, '')}.html`;
}

/** `external/cwe/cwe-089`, the form that code scanning links. */
function weaknessTag(cwe: string): string {
  return `external/cwe/cwe-${cwe.replace(/\D/g, '').padStart(3, '0')}`;
}
