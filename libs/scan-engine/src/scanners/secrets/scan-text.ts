import {
  findSecrets,
  maskSecretsForIdentity,
  mayHoldSecret,
  SECRET_PATTERNS,
  type ParsedFinding,
} from '@securescan/core';
import { readEnvLine } from './env-file';
import { isLongLine, windowsOf } from './windows';

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
  let longLines = 0;
  if (!isEnvFile && !mayHoldSecret(text)) return { findings, longLines };
  for (const [index, line] of text.split('\n').entries()) {
    if (isLongLine(line)) longLines += 1;
    for (const finding of scanLine({ path, line, number: index + 1 }, isEnvFile)) {
      findings.push(finding);
      if (findings.length > maxFindings) return { findings, longLines };
    }
  }
  return { findings, longLines };
}

interface Place {
  readonly path: string;
  readonly line: string;
  readonly number: number;
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
