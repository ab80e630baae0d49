import { inCanonicalOrder, summarise, toScanDocument } from '@securescan/core';
import type { Finding, ScanDocument, ScannerOutcome } from '@securescan/core';
import { aFinding } from './findings';
import { anOutcome } from './outcomes';

/** Findings of every severity, with and without a place, merged, twice on one line, and suppressed. */
export const SOME_FINDINGS: readonly Finding[] = [
  aFinding({ complianceTags: ['OWASP-A03'], metadata: { zebra: 1, ape: { b: 1, a: [true] } } }),
  aFinding({ lineStart: 30, lineEnd: 34, description: 'The same rule with other words.' }),
  aFinding({
    scanner: 'secrets',
    ruleId: 'secrets/private-key',
    severity: 'critical',
    title: 'Private key',
    description: '',
    filePath: 'conf/päth with space/#1/k?.pem',
    lineStart: null,
    lineEnd: null,
    cwe: 'CWE-798',
    remediation: null,
  }),
  aFinding({
    scanner: 'nmap',
    scanType: 'network',
    ruleId: 'open-port-23',
    severity: 'medium',
    title: 'Open port \u001b[31m23/tcp\u0007\u202e',
    filePath: null,
    lineStart: null,
    lineEnd: null,
    cwe: null,
  }),
  aFinding({
    ruleId: 'B608',
    severity: 'low',
    cwe: null,
    aliases: [
      { scanner: 'bandit', ruleId: 'B608', fingerprint: 'f'.repeat(64) },
      { scanner: 'semgrep', ruleId: 'x', fingerprint: 'e'.repeat(64) },
    ],
  }),
  aFinding({
    scanner: 'dockerfile',
    scanType: 'iac',
    ruleId: 'user-root',
    severity: 'high',
    title: 'The container runs as root',
    filePath: 'Dockerfile',
    lineStart: 3,
    lineEnd: 3,
    cwe: 'CWE-250',
    metadata: { suppressed_by: 'inline', suppression_reason: 'a build image, never shipped' },
  }),
  aFinding({
    scanner: 'licenses',
    scanType: 'dependency',
    ruleId: 'license-denied',
    severity: 'info',
    title: 'left-pad is under a licence that the policy denies',
    filePath: 'package-lock.json',
    lineStart: null,
    lineEnd: null,
    cwe: null,
    remediation: null,
    metadata: { suppressed_by: 'baseline' },
  }),
];

/** Scanners that completed, that could not run, and that did not end. */
export const SOME_OUTCOMES: readonly ScannerOutcome[] = [
  anOutcome({ notes: ['one file was too large'] }),
  anOutcome({
    scanner: 'trivy',
    scanType: 'dependency',
    status: 'skipped',
    reason: 'trivy is not installed',
    installHint: 'See its site.',
    version: null,
  }),
  anOutcome({
    scanner: 'bandit',
    status: 'timed_out',
    reason: 'no answer within 300 s',
    exitCode: null,
  }),
];

/** The document of a scan of a shop's code and infrastructure. */
export function aScanDocument(
  findings: readonly Finding[] = SOME_FINDINGS,
  outcomes: readonly ScannerOutcome[] = SOME_OUTCOMES,
): ScanDocument {
  return toScanDocument({
    toolVersion: '1.2.3',
    target: '.',
    project: 'example.org/shop',
    scanTypes: ['iac', 'code'],
    outcomes,
    summary: summarise(findings, outcomes),
    findings: inCanonicalOrder(findings),
    notices: [],
  });
}

/** Texts that mean something to whatever might show them: terminals, Markdown, HTML, spreadsheets, XML, GitHub. */
export const HOSTILE_TEXTS: readonly string[] = [
  '=HYPERLINK("http://evil.invalid","open")',
  '+1+cmd|calc',
  '@SUM(1,1)',
  '-2+3',
  '\t=1',
  '\uff1d1+1',
  'a "quoted", field; with\r\nlines',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</details></table></svg><h1>x',
  '<!-- securescan:diff -->',
  ']]>&lt;&#0;',
  '&amp;<![CDATA[x]]>',
  '![x](http://evil.invalid/a.png)',
  '[click](http://evil.invalid) and [one](1)',
  'javascript:alert(1)',
  '@everyone @octocat @org/team',
  'fixes #1, GH-2, owner/repo#3',
  'http://evil.invalid www.evil.invalid mail@evil.invalid',
  '`code` ``` fence\n```suggestion\nrm -rf /\n```',
  '| a | b |\n|---|---|',
  '# heading\n- item\n> quote\n***',
  ':boom: ~~gone~~ **bold** _it_ $x$',
  '{0} {{1}} {x}',
  '\u001b[31mred\u001b[0m\u0007\u009b2J',
  '\u202egpj.exe\u2066\u200f',
  '\u0000\u0001\u000b\u000c\u001f\u007f\ufffe\uffff',
  'line\u2028separator\u2029paragraph\u0085',
  'lone \ud800 surrogate',
  '../../../etc/passwd',
  'file:///etc/passwd',
  '%2e%2e%2f %00 %zz',
  ' ',
];

/** A scan whose every text is one of the hostile ones, or more of them. */
export function aHostileDocument(texts: readonly string[] = HOSTILE_TEXTS): ScanDocument {
  const findings = texts.map((text, index) =>
    aFinding({
      ruleId: text,
      title: text,
      description: text,
      remediation: text,
      filePath: `src/${text.replaceAll('..', '.')}`,
      lineStart: index + 1,
      lineEnd: index + 1,
      cwe: null,
      complianceTags: [text],
      metadata:
        index % 2 === 0 ? {} : { suppressed_by: 'config', suppression_reason: text, other: text },
    }),
  );
  const outcomes = texts.slice(0, 3).map((text, index) =>
    anOutcome({
      scanner: ['semgrep', 'bandit', 'secrets'][index] ?? 'semgrep',
      status: 'failed',
      reason: text,
      installHint: text,
      notes: [text],
    }),
  );
  return { ...aScanDocument(findings, outcomes), target: '.', project: texts[0] ?? null };
}
