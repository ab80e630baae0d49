import type { Severity } from '@securescan/contracts';
import type { JsonReader } from '../json/json-reader';

/** SARIF 3.27.10. */
const LEVELS: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['none', 'info'],
]);
const LEVEL_OF_SILENCE = 'warning';

/** As code scanning cuts CVSS. */
const BANDS: readonly { readonly from: number; readonly severity: Severity }[] = [
  { from: 9, severity: 'critical' },
  { from: 7, severity: 'high' },
  { from: 4, severity: 'medium' },
  { from: 0.1, severity: 'low' },
];
const MAX_SCORE = 10;

/** The `security-severity` of a property bag, a number or its text; `null` where there is none from 0 to 10. */
export function securitySeverityIn(properties: JsonReader): number | null {
  if (properties.isAbsent) return null;
  const field = properties.field('security-severity');
  if (!field.isNumber && !field.isText) return null;
  const text = field.isNumber ? '' : field.string().trim();
  const score = field.isNumber ? field.number() : Number(text === '' ? NaN : text);
  return score >= 0 && score <= MAX_SCORE ? score : null;
}

export interface ToldSeverity {
  readonly score: number | null;
  /** Of the result. */
  readonly level: string | null;
  /** SARIF 3.27.9: only what failed has a level. */
  readonly kind: string;
  readonly ruleLevel: string | null;
}

/** The score where there is one, else the result's level, else the rule's, else what SARIF means by silence. */
export function severityOf({ score, level, kind, ruleLevel }: ToldSeverity): Severity {
  if (score !== null) return BANDS.find(({ from }) => score >= from)?.severity ?? 'info';
  if (level === null && kind !== 'fail') return 'info';
  return LEVELS.get(level ?? ruleLevel ?? LEVEL_OF_SILENCE) ?? 'medium';
}
