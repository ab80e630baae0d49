import {
  findSecrets,
  maskSecretsForIdentity,
  nextSecretHint,
  SECRET_PATTERNS,
  type ParsedFinding,
} from '@securescan/core';
import { readEnvLine } from './env-file';
import { countLongLines, isLongLine, windowsOf } from './windows';

const REMEDIATION =
  'Revoke or replace the value first: whoever has seen the repository has it. Then take it out of the file and read it from the environment or a secret manager.';
const CWE = 'CWE-798';
/** Of a long line, what stands around the value tells one match from another. */
const NEARBY = 60;

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map(
  SECRET_PATTERNS.map(({ id, description }) => [id, description]),
);

export interface ScannedText {
  readonly findings: readonly ParsedFinding[];
  readonly longLines: number;
}

/**
 * Every secret of a text, one finding each, in the order of the text. The value itself appears nowhere in a finding. Stops
 * within the line in which it finds more than `maxFindings`.
 */
export function scanText(
  path: string,
  text: string,
  isEnvFile: boolean,
  maxFindings: number,
): ScannedText {
  const findings: ParsedFinding[] = [];
  const longLines = countLongLines(text);
  for (const { line, number } of isEnvFile ? allLines(text) : linesWithHints(text)) {
    for (const finding of scanLine({ path, line, number }, isEnvFile)) {
      findings.push(finding);
      if (findings.length > maxFindings) return { findings, longLines };
    }
  }
  return { findings, longLines };
}

interface NumberedLine {
  readonly line: string;
  /** From 1. */
  readonly number: number;
}

interface Place extends NumberedLine {
  readonly path: string;
}

function* allLines(text: string): Generator<NumberedLine> {
  for (const [index, line] of text.split('\n').entries()) yield { line, number: index + 1 };
}

/** The lines that may hold a secret: few, so that the others are not even cut out. */
function* linesWithHints(text: string): Generator<NumberedLine> {
  let number = 1;
  let counted = 0;
  for (let hint = nextSecretHint(text, 0); hint !== -1;) {
    for (let end = text.indexOf('\n', counted); end !== -1 && end < hint;) {
      number += 1;
      counted = end + 1;
      end = text.indexOf('\n', counted);
    }
    const end = text.indexOf('\n', hint);
    yield { line: text.slice(counted, end === -1 ? undefined : end), number };
    hint = end === -1 ? -1 : nextSecretHint(text, end + 1);
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function* scanLine(place: Place, isEnvFile: boolean): Generator<ParsedFinding> {
  const spans: Span[] = [];
  for (const window of windowsOf(place.line)) {
    for (const match of findSecrets(window.text)) {
      const span = { start: window.offset + match.start, end: window.offset + match.end };
      if (span.start < window.ownedFrom || span.start >= window.ownedTo) continue;
      spans.push(span);
      const description = DESCRIPTIONS.get(match.kind) ?? match.name;
      yield {
        ...commonPart(place, span),
        ruleId: `secrets/${match.kind}`,
        severity: match.severity,
        title: `${match.name} in the source`,
        description: `${description} It is readable for everyone who can read this file.`,
      };
    }
  }
  const env = isEnvFile ? readEnvLine(place.line) : null;
  if (env === null || spans.some(({ start, end }) => start < env.end && end > env.start)) return;
  yield {
    ...commonPart(place, env),
    ruleId: 'secrets/env-file-secret',
    severity: 'high',
    title: `Secret in an environment file: ${env.key}`,
    description: `The file sets ${env.key} to a fixed value. It is readable for everyone who can read this file.`,
  };
}

type CommonPart = Omit<ParsedFinding, 'ruleId' | 'severity' | 'title' | 'description'>;

function commonPart({ path, line, number }: Place, { start, end }: Span): CommonPart {
  const nearby = line.slice(Math.max(0, start - NEARBY), end + NEARBY);
  return {
    filePath: path,
    lineStart: number,
    lineEnd: number,
    cwe: CWE,
    remediation: REMEDIATION,
    metadata: { column: start + 1 },
    ...(isLongLine(line) ? { discriminator: maskSecretsForIdentity(nearby) } : {}),
  };
}
