import { gzipSync } from 'node:zlib';
import type { Location, ReportingDescriptor, Result, Run } from 'sarif';

/** GitHub counts in powers of ten here; less is always safe. */
const MOST_BYTES = 10_000_000;
const MOST_RUNS = 20;
const MOST_RESULTS = 25_000;
const MOST_RULES = 25_000;
const MOST_TAGS = 20;
const MOST_NAME_CHARACTERS = 255;
const MOST_DESCRIPTION_CHARACTERS = 1_024;
const LEVELS = new Set<unknown>(['none', 'note', 'warning', 'error']);
/** A relative reference of RFC 3986 (4.2), no query, no fragment. */
const RELATIVE_URI =
  /^(?:[\w.~!$&'()*+,;=@-]|%[0-9A-F]{2})(?:[\w.~!$&'()*+,;=@/:-]|%[0-9A-F]{2})*$/;

/** Each with whether it holds; the words of those that do not are problems. */
type Checks = readonly (readonly [problem: string, holds: boolean])[];

/**
 * What GitHub's code scanning would refuse, cut or not follow in a SARIF log, one line each: its documented subset of SARIF 2.1.0
 * and its limits for uploads.
 */
export function codeScanningProblems(text: string): string[] {
  const { version, runs } = JSON.parse(text) as { version: string; runs: Run[] };
  const categories = runs.map(({ automationDetails }) => automationDetails?.id ?? '');
  return [
    ...failed('the log', [
      ['is of another version', version === '2.1.0'],
      ['has too many runs', runs.length <= MOST_RUNS],
      ['is too large', gzipSync(text).length <= MOST_BYTES],
      ['has two runs of one category', new Set(categories).size === categories.length],
      ['has a run without a category', categories.every((id) => /^[^/].*\/$/.test(id))],
    ]),
    ...runs.flatMap(problemsOfRun),
  ];
}

function problemsOfRun({ tool, results = [] }: Run): string[] {
  const { name, rules = [] } = tool.driver;
  const ids = rules.map(({ id }) => id);
  const hashes = results.map(
    ({ ruleId, partialFingerprints }) =>
      `${String(ruleId)} ${String(partialFingerprints?.['primaryLocationLineHash'])}`,
  );
  return [
    ...failed('a run', [
      ['has no tool', name !== ''],
      ['has too many rules', rules.length <= MOST_RULES],
      ['has too many results', results.length <= MOST_RESULTS],
      ['has a rule twice', new Set(ids).size === ids.length],
      ['has two results of one identity', new Set(hashes).size === hashes.length],
    ]),
    ...rules.flatMap(problemsOfRule),
    ...results.flatMap((result) => problemsOfResult(result, rules)),
  ];
}

function problemsOfRule(rule: ReportingDescriptor): string[] {
  const { id, name = '', shortDescription, fullDescription, help, properties } = rule;
  const { tags = [] } = properties ?? {};
  const severity = Number(properties?.['security-severity']);
  const texts = [shortDescription, fullDescription].map((message) => message?.text ?? '');
  const weaknesses = tags.filter((tag) => /cwe-\d/i.test(tag) && tag.startsWith('external'));
  return failed(`rule ${id}`, [
    ['has no id', id !== ''],
    ['has a long name', name.length <= MOST_NAME_CHARACTERS],
    ['lacks a description', texts.every((text) => text.trim() !== '')],
    ['has a long description', texts.every((text) => text.length <= MOST_DESCRIPTION_CHARACTERS)],
    ['has no help', help !== undefined && help.text.trim() !== ''],
    ['has too many tags', tags.length <= MOST_TAGS],
    ['is not tagged as security', tags.includes('security')],
    ['tags a weakness oddly', weaknesses.every((tag) => /^external\/cwe\/cwe-\d{3,}$/.test(tag))],
    ['has no security severity', severity > 0 && severity <= 10],
  ]);
}

function problemsOfResult(result: Result, rules: readonly ReportingDescriptor[]): string[] {
  const { ruleId, ruleIndex, level, message, locations = [], partialFingerprints } = result;
  const hash = partialFingerprints?.['primaryLocationLineHash'] ?? '';
  return failed(`a result of ${String(ruleId)}`, [
    ['has no rule', rules[ruleIndex ?? -1]?.id === ruleId],
    ['has an unknown level', LEVELS.has(level)],
    ['has no message', message.text !== undefined && message.text.trim() !== ''],
    ['has no identity', /^[0-9a-f]{64}:\d+$/.test(hash)],
    ['has not one location', locations.length === 1],
    ...locations.flatMap(checksOfLocation),
  ]);
}

function checksOfLocation({ physicalLocation }: Location): Checks {
  const { region, artifactLocation } = physicalLocation ?? {};
  const startLine = region?.startLine ?? 0;
  const uri = artifactLocation?.uri ?? '';
  return [
    [`has the address ${uri}`, RELATIVE_URI.test(uri) && !uri.split('/').includes('..')],
    ['has no line', startLine >= 1 && (region?.endLine ?? startLine) >= startLine],
  ];
}

function failed(what: string, checks: Checks): string[] {
  return checks.filter(([, holds]) => !holds).map(([problem]) => `${what} ${problem}`);
}
