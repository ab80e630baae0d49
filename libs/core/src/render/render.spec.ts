import { join } from 'node:path';
import { aFinding, anOutcome, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { inCanonicalOrder } from '../order/canonical-order';
import { summarise } from '../pipeline/summarise';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { toScanDocument } from './document';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';
import { renderJson } from './json';
import { OUTPUT_FORMATS, renderDocument, RENDERERS } from './registry';
import { renderSarif } from './sarif';
import { renderText } from './text';

const FINDINGS: readonly Finding[] = [
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
];
const OUTCOMES: readonly ScannerOutcome[] = [
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

function aDocument(
  findings: readonly Finding[] = FINDINGS,
  outcomes: readonly ScannerOutcome[] = OUTCOMES,
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

const golden = (name: string) => join(__dirname, '..', '__goldens__', name);

describe.each(OUTPUT_FORMATS)('%s', (format) => {
  it('is as its golden shows', () => {
    const extension = RENDERERS[format].fileExtension;
    expectGolden(golden(`scan${extension}`), renderDocument(format, aDocument()));
    expectGolden(golden(`empty${extension}`), renderDocument(format, aDocument([], [])));
  });

  it('does not depend on time, time zone or the time a scanner took', () => {
    const expected = renderDocument(format, aDocument());
    const slower = OUTCOMES.map((outcome) => ({ ...outcome, durationMs: 99_999 }));
    const zone = process.env['TZ'];
    try {
      for (const other of ['Pacific/Kiritimati', 'America/St_Johns']) {
        process.env['TZ'] = other;
        expect(renderDocument(format, aDocument(FINDINGS, slower))).toBe(expected);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('does not depend on the order of findings or metadata keys', () => {
    const expected = renderDocument(format, aDocument());
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...FINDINGS], { minLength: FINDINGS.length }),
        (shuffled) => {
          const reversed = shuffled.map((finding) => ({
            ...finding,
            metadata: Object.fromEntries(Object.entries(finding.metadata).reverse()),
          }));
          expect(renderDocument(format, aDocument(reversed))).toBe(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('toScanDocument', () => {
  it.each(['/home/me/shop', 'C:\\shop', 'C:/shop', '\\\\host\\shop'])(
    'leaves out a project that is only the path %s',
    (project) => {
      expect(toScanDocument({ ...aDocument(), project }).project).toBeNull();
    },
  );
});

describe('renderJson', () => {
  it('leaves separators of lines and paragraphs within a text alone', () => {
    const title = 'one\u2028two\u2029three';
    const report = JSON.parse(renderJson(aDocument([aFinding({ title })]))) as {
      findings: unknown[];
    };
    expect(report.findings).toMatchObject([{ title }]);
  });

  it('is JSON for any text', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (title, description) => {
        const [finding] = (
          JSON.parse(renderJson(aDocument([aFinding({ title, description })]))) as {
            findings: unknown[];
          }
        ).findings;
        expect(finding).toMatchObject({ title, description });
      }),
    );
  });
});

describe('renderSarif', () => {
  const log = JSON.parse(renderSarif(aDocument())) as Log;
  const run = log.runs[0];

  it('names the rule of every result by id and index', () => {
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([
      'B608',
      'open-port-23',
      'secrets/private-key',
      'sql-injection',
    ]);
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
  });

  it('gives every result a message, a file and a line', () => {
    for (const { message, locations } of run?.results ?? []) {
      expect(message.text).toMatch(/\S/);
      const place = locations?.[0]?.physicalLocation;
      expect(place?.artifactLocation?.uri).toMatch(/^[\w.%/-]+$/);
      expect(place?.region?.startLine).toBeGreaterThan(0);
    }
  });

  it('tells findings that share a fingerprint apart', () => {
    const twins = [1, 2].map((occurrence) => aFinding({ fingerprint: 'a'.repeat(64), occurrence }));
    const { runs } = JSON.parse(renderSarif(aDocument(twins))) as Log;
    expect(runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { primaryLocationLineHash: `${'a'.repeat(64)}:1`, 'securescan/v1': 'a'.repeat(64) },
      { primaryLocationLineHash: `${'a'.repeat(64)}:2`, 'securescan/v1': 'a'.repeat(64) },
    ]);
  });

  it('says what did not complete', () => {
    expect(run?.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'warning' }, { level: 'error' }],
      },
    ]);
    const allWell = JSON.parse(renderSarif(aDocument(FINDINGS, [anOutcome()]))) as Log;
    expect(allWell.runs[0]?.invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });
});

describe('renderText', () => {
  it('lets nothing of a tool steer the terminal', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const lines = renderText(aDocument([aFinding({ title: text, filePath: text })]));
        expect(lines).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });

  it('colours through the palette alone', () => {
    const marked = renderText(aDocument(), {
      severity: (severity, text) => `<${severity}>${text}</>`,
      strong: (text) => `*${text}*`,
      faint: (text) => text,
    });
    expect(marked).toContain('<critical>Critical (1)</>');
    expect(marked.replace(/<\w+>|<\/>|\*/g, '')).toBe(renderText(aDocument()));
  });
});

describe('escapeControls', () => {
  it.each([
    ['a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['a\r\n\tb', 'a b'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['plain ä \u{1F600}', 'plain ä \u{1F600}'],
  ])('of %j is %j', (text, expected) => {
    expect(escapeControls(text)).toBe(expected);
  });
});
