import { aFinding, anOutcome, HOSTILE_TEXTS } from '@securescan/testing';
import type { Finding } from '../../model/finding';
import type { ScannerOutcome } from '../../model/outcome';
import { inCanonicalOrder } from '../../order/canonical-order';
import { summarise } from '../../pipeline/summarise';
import { toScanDocument, type ScanDocument } from '../document';

const SNIPPET = {
  snippet: {
    start_line: 10,
    lines: [
      'function find(id) {',
      '\tconst text = `WHERE id = ${id}`;',
      '\treturn run(text);',
      '}',
    ],
  },
};

/** One finding of every kind that the report shows in another way. */
const FINDINGS: readonly Finding[] = [
  aFinding({
    lineStart: 11,
    lineEnd: 12,
    complianceTags: ['OWASP-A03', 'PCI-6'],
    metadata: SNIPPET,
    aliases: [
      { scanner: 'bandit', ruleId: 'B608', fingerprint: 'b'.repeat(64) },
      { scanner: 'semgrep', ruleId: 'sql-injection', fingerprint: 'a'.repeat(64) },
    ],
  }),
  aFinding({ lineStart: 30, title: 'The same rule elsewhere', filePath: 'src/admin/users.ts' }),
  aFinding({
    scanner: 'secrets',
    ruleId: 'secrets/private-key',
    severity: 'critical',
    title: 'Private key in the source',
    description: 'The beginning of a private key.\n\nWho reads the file can use it.',
    filePath: 'conf/päth with space/k?.pem',
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
    title: 'Open port 23/tcp',
    description: 'Telnet sends everything in clear text. '.repeat(30),
    filePath: null,
    lineStart: null,
    lineEnd: null,
    cwe: null,
  }),
  aFinding({
    ruleId: 'B101',
    scanner: 'bandit',
    severity: 'low',
    title: 'Assert is used',
    cwe: null,
    metadata: { original_severity: 'medium' },
  }),
  aFinding({
    title: 'Known for long',
    lineStart: 40,
    metadata: { suppressed_by: 'baseline', suppression_reason: 'Ticket 12, until the rewrite.' },
  }),
  aFinding({ title: 'Ignored', lineStart: 44, metadata: { suppressed_by: 'inline' } }),
];

const OUTCOMES: readonly ScannerOutcome[] = [
  anOutcome({ notes: ['one file was too large'], rulePackDigest: 'd'.repeat(64) }),
  anOutcome({
    scanner: 'trivy',
    scanType: 'dependency',
    status: 'skipped',
    reason: 'trivy is not installed',
    installHint: 'See its site.',
    version: null,
    filesAssessed: null,
    findingsCount: 0,
  }),
  anOutcome({
    scanner: 'bandit',
    status: 'timed_out',
    reason: 'no answer within 300 s',
    filesSkipped: [{ reason: 'larger than 1 MB', count: 2, paths: ['a.py', 'b.py'] }],
  }),
];

export function aReport(
  findings: readonly Finding[] = FINDINGS,
  outcomes: readonly ScannerOutcome[] = OUTCOMES,
): ScanDocument {
  return toScanDocument({
    toolVersion: '1.2.3',
    target: '.',
    project: 'git.example.org/shop',
    scanTypes: ['iac', 'code'],
    outcomes,
    summary: summarise(findings, outcomes),
    findings: inCanonicalOrder(findings),
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
  });
}

/** A report in which every text of a tool or a tree holds the given one, behind a letter and before another. */
export function aReportOf(text: string): ScanDocument {
  const word = `a${text}z`;
  const told = {
    scanner: word,
    ruleId: word,
    title: word,
    description: word,
    filePath: word,
    remediation: word,
    complianceTags: [word],
    fingerprint: word,
    aliases: [{ scanner: `b${text}`, ruleId: word, fingerprint: word }],
  };
  const outcome = {
    scanner: word,
    reason: word,
    installHint: word,
    version: word,
    rulePackDigest: word,
    notes: [word],
    filesSkipped: [{ reason: word, count: 1, paths: [word] }],
  };
  const findings = [
    aFinding({
      ...told,
      cwe: word,
      metadata: { snippet: { start_line: 11, lines: [word, word] }, original_severity: word },
    }),
    aFinding({
      ...told,
      severity: 'low',
      metadata: { suppressed_by: 'inline', suppression_reason: word },
    }),
  ];
  return {
    ...aReport(findings, [anOutcome(outcome), anOutcome({ ...outcome, status: 'failed' })]),
    toolVersion: word,
    target: word,
    project: word,
    notices: [
      { kind: 'unused', source: 'config', filePath: word, line: 3, rule: word, message: word },
    ],
  };
}

/** What has broken out of a page somewhere, in text, in an attribute, in a title, in a comment. */
export const TEXTS_AGAINST_PAGES: readonly string[] = [
  ...HOSTILE_TEXTS,
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  '</title><script>alert(1)</script>',
  '</style><style>*{display:none}</style>',
  '</pre></code></article></section></main></body></html>',
  '</td></tr></table><h1>Nothing was found</h1>',
  '</details><details open ontoggle=alert(1)>',
  '<!--',
  '--><b>',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0"?>',
  '<svg><script>alert(1)</script></svg>',
  '<svg onload=alert(1)>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">click</a>',
  'data:text/html,<script>alert(1)</script>',
  '<meta http-equiv="refresh" content="0;url=https://example.com/">',
  '<base href="https://example.com/">',
  '<link rel=stylesheet href=https://example.com/x.css>',
  '<form action=https://example.com/><input name=q>',
  '<plaintext>',
  '<textarea>',
  '<template>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;',
  '&amp',
  '&',
  '`${alert(1)}`{{constructor.constructor("alert(1)")()}}',
  '\u0000<\u0000script>',
  '\u202egnp.exe\u202c \u2066inner\u2069 \u200f',
  'a\u2028b\u2029c\u0085d',
  '\r\n\r\n\tindented\u000bvertical\u000cform',
  '\ufeff\ufffe\uffff\ufdd0',
  '\ud800',
  '\udfff\ud800',
  '\u{1fffe}\u{10ffff}\u{e0041}',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '\u{1F469}\u200D\u{1F4BB} \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
];
