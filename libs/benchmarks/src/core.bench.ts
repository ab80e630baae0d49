import { performance } from 'node:perf_hooks';
import { assembleFindings, sarifChunks, summarise, toScanDocument } from '@securescan/core';
import type { LocatedInput } from '@securescan/core';

// Identify, number, merge, sort and SARIF for 100 000 findings. Goal: at most 1.0 s and 350 MB. One in ten lines is
// reported by two scanners, one in fifty repeats; three lines of source belong to each finding.

const FINDINGS = 100_000;
const PER_FILE = 50;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

function input(index: number): LocatedInput {
  const isSecondReport = index % 10 === 9;
  const place = isSecondReport ? index - 1 : index;
  const line = (place % PER_FILE) * 7 + 1;
  const name = place % 50 === 0 ? 'row' : `row${String(place)}`;
  const sourceLines = [
    `    const ${name} = await db.query(\`SELECT * FROM orders WHERE id = '\${id}'\`); // slow`,
  ];
  return {
    scanner: isSecondReport ? 'bandit' : 'semgrep',
    scanType: 'code',
    registryIndex: isSecondReport ? 1 : 0,
    parsed: {
      ruleId: isSecondReport ? 'B608' : `rule-${String(place % 200)}`,
      severity: SEVERITIES[place % SEVERITIES.length] ?? 'info',
      title: 'SQL built from input',
      description:
        'A query is put together from text that a user sent; it can be made to say more.',
      filePath: null,
      lineStart: line,
      lineEnd: line,
      cwe: 'CWE-89: Improper neutralization',
      remediation: 'Pass the value as a parameter of the query.',
      metadata: { confidence: 'HIGH', references: ['https://owasp.org/Top10/A03_2021-Injection'] },
    },
    filePath: `src/orders/part-${String(Math.floor(place / PER_FILE))}.ts`,
    sourceLines,
    snippet: { startLine: line, lines: sourceLines },
  };
}

const inputs = Array.from({ length: FINDINGS }, (_, index) => input(index));
let peakBytes = 0;
function lookAtMemory(): void {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}

lookAtMemory();
const started = performance.now();
const findings = assembleFindings(inputs);
const assembled = performance.now();
lookAtMemory();
const document = toScanDocument({
  toolVersion: '0.0.0',
  target: '.',
  project: null,
  scanTypes: ['code'],
  outcomes: [],
  summary: summarise(findings, []),
  findings,
  notices: [],
});
let sarifCharacters = 0;
let pieces = 0;
for (const chunk of sarifChunks(document, { limits: 'none' })) {
  sarifCharacters += chunk.length;
  pieces += 1;
  if (pieces % 10_000 === 0) lookAtMemory();
}
lookAtMemory();
const ended = performance.now();

process.stdout.write(
  `${JSON.stringify({
    benchmark: 'core',
    findings_in: inputs.length,
    findings_out: findings.length,
    seconds: Number(((ended - started) / 1000).toFixed(3)),
    assemble_seconds: Number(((assembled - started) / 1000).toFixed(3)),
    sarif_seconds: Number(((ended - assembled) / 1000).toFixed(3)),
    sarif_mb: Number((sarifCharacters / 1e6).toFixed(1)),
    peak_mb: Math.round(peakBytes / 1e6),
  })}\n`,
);
