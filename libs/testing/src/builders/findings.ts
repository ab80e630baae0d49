import { findingId, fingerprintOf } from '@securescan/core';
import type { Finding, ParsedFinding } from '@securescan/core';

/** A report as a parser gives it, with a location in code. */
export function aParsedFinding(overrides: Partial<ParsedFinding> = {}): ParsedFinding {
  return {
    ruleId: 'sql-injection',
    severity: 'high',
    title: 'SQL built from input',
    description: 'A query is put together from text that a user sent.',
    filePath: 'src/orders.ts',
    lineStart: 12,
    lineEnd: 12,
    cwe: 'CWE-89',
    remediation: 'Pass the value as a parameter of the query.',
    metadata: {},
    ...overrides,
  };
}

/** A finished finding. Fingerprint, id and aliases follow from the other fields unless they are given. */
export function aFinding(overrides: Partial<Finding> = {}): Finding {
  const base = {
    ...aParsedFinding(),
    scanner: 'semgrep',
    scanType: 'code' as const,
    occurrence: 1,
    complianceTags: [],
    ...overrides,
  };
  const fingerprint =
    overrides.fingerprint ??
    fingerprintOf({ ...base, lineContext: `line ${String(base.lineStart)} ${base.title}` });
  return {
    ...base,
    fingerprint,
    id: overrides.id ?? findingId(fingerprint, base.occurrence),
    aliases: overrides.aliases ?? [{ scanner: base.scanner, ruleId: base.ruleId, fingerprint }],
  };
}
