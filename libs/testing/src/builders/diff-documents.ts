import { coverageOf, diffFindings } from '@securescan/core';
import type { DiffDocument, Finding } from '@securescan/core';
import { aFinding } from './findings';
import { anOutcome } from './outcomes';

const muted = { metadata: { suppressed_by: 'inline', suppression_reason: 'Only in tests.' } };
const kept = aFinding({ title: 'Stays', lineStart: 3 });
const worse = aFinding({ title: 'Worse', lineStart: 5, severity: 'critical' });
const mutedLater = aFinding({ title: 'Muted later', lineStart: 7 });
const alwaysMuted = aFinding({ title: 'Always muted', lineStart: 9, ...muted });
const gone = aFinding({ title: 'Gone', lineStart: 11 });
const added = aFinding({ title: 'Added \u001b[31m', lineStart: 13, severity: 'low', cwe: null });
const lost = aFinding({ title: 'Lost', scanner: 'bandit', ruleId: 'B608' });

const semgrep = anOutcome({ rulePackDigest: 'a'.repeat(64) });
const bandit = anOutcome({
  scanner: 'bandit',
  status: 'timed_out',
  reason: 'it ran longer than 300 s',
});
const trivy = coverageOf(
  anOutcome({ scanner: 'trivy', status: 'skipped', reason: 'not installed' }),
);

/** What the base of the comparison has. */
export const SOME_BASE: readonly Finding[] = [
  kept,
  { ...worse, severity: 'low' as const },
  mutedLater,
  alwaysMuted,
  gone,
  lost,
];
/** What its head has. */
export const SOME_HEAD: readonly Finding[] = [
  kept,
  worse,
  { ...mutedLater, ...muted },
  alwaysMuted,
  added,
];

/** The document of a comparison. */
export function aDiffDocument(
  parts: Partial<DiffDocument> = {},
  base: readonly Finding[] = SOME_BASE,
  head: readonly Finding[] = SOME_HEAD,
): DiffDocument {
  return {
    toolVersion: '1.2.3',
    command: 'diff',
    base: { name: 'main', commit: '1'.repeat(40) },
    head: { name: 'HEAD', commit: '2'.repeat(40) },
    target: '.',
    project: 'git.example.com/shop',
    scanTypes: ['code'],
    policy: '.securescan.yml of the merge base',
    pendingPolicy: ['ignored_rules would add sql-injection'],
    diff: diffFindings(
      {
        findings: base,
        coverage: [coverageOf(semgrep), coverageOf(anOutcome({ scanner: 'bandit' })), trivy],
      },
      {
        findings: head,
        coverage: [
          coverageOf({ ...semgrep, rulePackDigest: 'b'.repeat(64) }),
          coverageOf(bandit),
          trivy,
        ],
      },
    ),
    outcomes: [semgrep, bandit],
    notices: [
      {
        kind: 'expired',
        source: 'inline',
        filePath: 'src/orders.ts',
        line: 20,
        rule: 'B101',
        message: 'it held until 2026-01-01',
      },
    ],
    showsSuppressed: true,
    ...parts,
  };
}
