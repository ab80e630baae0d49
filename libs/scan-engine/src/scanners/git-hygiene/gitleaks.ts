import type { JsonReader } from '@securescan/core';
import type { ParsedFinding } from '@securescan/core';
import type { ScannerReport } from '../../scanner';
import { readToolJson } from '../json-reader';

const TOOL = 'gitleaks';
const NOT_IN_A_RULE_ID = /[^A-Za-z0-9._/-]+/gu;
const MAX_RULE_ID = 100;
const PLACE = ['StartLine', 'StartColumn', 'EndLine', 'EndColumn'];
const REFERENCES = [
  'https://cwe.mitre.org/data/definitions/798.html',
  'https://github.com/gitleaks/gitleaks',
];

/**
 * Reads the JSON report of `gitleaks dir`. Of each finding only the rule and the place are looked at: what matched, and the line
 * that it stands in, are never read.
 */
export function parseGitleaks(output: string): ScannerReport {
  const byPlace = new Map<string, ParsedFinding>();
  for (const leak of readToolJson(TOOL, output).items()) {
    const place = placeOf(leak);
    // A text that decodes to something is told once for each step of decoding.
    if (!byPlace.has(place)) byPlace.set(place, toFinding(leak));
  }
  return { findings: [...byPlace.values()], assessed: null, skipped: [], notes: [] };
}

function placeOf(leak: JsonReader): string {
  const numbers = PLACE.map((name) => leak.field(name).integer());
  return JSON.stringify([leak.field('RuleID').string(), leak.field('File').string(), ...numbers]);
}

function toFinding(leak: JsonReader): ParsedFinding {
  const rule = ruleIdIn(leak.field('RuleID').string());
  const lineStart = leak.field('StartLine').line();
  return {
    ruleId: `git-hygiene/gitleaks-${rule}`,
    severity: 'high',
    title: `Secret in the source (${rule})`,
    description: `gitleaks takes what stands here for a secret, by its rule ${rule}. Everyone who can read the file can use it.`,
    filePath: leak.field('File').string(),
    lineStart,
    lineEnd: leak.field('EndLine').line(),
    cwe: 'CWE-798',
    remediation:
      'Revoke or replace the value first if it is real, then read it from the environment or a secret manager. If it is none, say so with an inline ignore or a verdict.',
    metadata: { references: [...REFERENCES] },
    ...(lineStart === null ? { discriminator: rule } : {}),
  };
}

function ruleIdIn(text: string): string {
  return text.replace(NOT_IN_A_RULE_ID, '-').slice(0, MAX_RULE_ID) || 'unnamed';
}
