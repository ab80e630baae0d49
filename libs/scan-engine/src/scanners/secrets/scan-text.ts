import {
  findSecrets,
  maskSecretsForIdentity,
  nextSecretHint,
  SECRET_PATTERNS,
  sha256Hex,
  type ParsedFinding,
} from '@securescan/core';
import { readEnvLine } from './env-file';
import { KEY_LINES, keyAt, PRIVATE_KEY } from './private-key';
import { countLongLines, isLongLine, windowsOf } from './windows';

const REMEDIATION =
  'Revoke or replace the value first: whoever has seen the repository has it. Then take it out of the file and read it from the environment or a secret manager.';
const CWE = 'CWE-798';
/** Of a long line, what stands around the value tells one match from another. */
const NEARBY = 60;
/** What is looked at of a private key. */
const MAX_KEY_CHARACTERS = 2_000;

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
  const numberAt = lineNumbers(text);
  for (const { line, start } of isEnvFile ? allLines(text) : linesWithHints(text)) {
    const place = { path, line, number: () => numberAt(start), key: () => keyIn(text, start) };
    for (const finding of scanLine(place, isEnvFile)) {
      findings.push(finding);
      if (findings.length > maxFindings) return { findings, longLines };
    }
  }
  return { findings, longLines };
}

interface Line {
  readonly line: string;
  /** The offset of its first character in the text. */
  readonly start: number;
}

interface Place {
  readonly path: string;
  readonly line: string;
  /** From 1. Asked for only where there is something to report, because counting takes longer than looking. */
  readonly number: () => number;
  /** The private key that begins in it. */
  readonly key: () => string;
}

function* allLines(text: string): Generator<Line> {
  let start = 0;
  for (const line of text.split('\n')) {
    yield { line, start };
    start += line.length + 1;
  }
}

/** The lines that may hold a secret: few, so that the others are not even cut out. */
function* linesWithHints(text: string): Generator<Line> {
  for (let hint = nextSecretHint(text, 0); hint !== -1;) {
    const start = text.lastIndexOf('\n', hint) + 1;
    const end = text.indexOf('\n', hint);
    yield { line: text.slice(start, end === -1 ? undefined : end), start };
    hint = end === -1 ? -1 : nextSecretHint(text, end + 1);
  }
}

/** The number of the line that begins at an offset; offsets are asked for in their order, so every line is counted once. */
function lineNumbers(text: string): (start: number) => number {
  let number = 1;
  let counted = 0;
  return (start) => {
    while (counted < start) {
      counted = text.indexOf('\n', counted) + 1;
      number += 1;
    }
    return number;
  };
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
        ...(match.kind === PRIVATE_KEY ? { discriminator: masked(PRIVATE_KEY, place.key()) } : {}),
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
    // Only its name makes it a secret: nothing would mask the value in the line.
    discriminator: `${env.key} ${masked('env-file-secret', place.line.slice(env.start, env.end))}`,
  };
}

function keyIn(text: string, start: number): string {
  const lines = text.slice(start, start + MAX_KEY_CHARACTERS).split('\n', KEY_LINES);
  return keyAt(lines, 0);
}

function masked(kind: string, value: string): string {
  return `<${kind}:${sha256Hex(value).slice(0, 4)}>`;
}

type CommonPart = Omit<ParsedFinding, 'ruleId' | 'severity' | 'title' | 'description'>;

function commonPart({ path, line, number }: Place, { start, end }: Span): CommonPart {
  const lineNumber = number();
  const nearby = line.slice(Math.max(0, start - NEARBY), end + NEARBY);
  return {
    filePath: path,
    lineStart: lineNumber,
    lineEnd: lineNumber,
    cwe: CWE,
    remediation: REMEDIATION,
    metadata: { column: start + 1 },
    ...(isLongLine(line) ? { discriminator: maskSecretsForIdentity(nearby) } : {}),
  };
}
