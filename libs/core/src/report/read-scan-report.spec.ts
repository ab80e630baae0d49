import { SCAN_FORMATS } from '@securescan/contracts';
import { aFinding, anOutcome, anyText, aScanDocument, SOME_OUTCOMES } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import { isActive } from '../model/suppression';
import { renderJson } from '../render/json';
import { renderDocument } from '../render/registry';
import { readScanReport } from './read-scan-report';

const NOTICE = {
  kind: 'unused',
  source: 'inline',
  filePath: 'src/a.ts',
  line: 3,
  rule: null,
  message: 'no finding is here',
} as const;

describe('readScanReport', () => {
  it.each(SCAN_FORMATS)('gives back what is written as %s byte for byte', (format) => {
    const merged = aFinding({
      aliases: [
        {
          scanner: 'bandit',
          ruleId: 'B608',
          fingerprint: 'f'.repeat(64),
          lineContext: 'a=b',
          cwe: null,
        },
        { scanner: 'semgrep', ruleId: 'x', fingerprint: 'e'.repeat(64) },
      ],
    });
    const outcomes = [
      anOutcome({
        filesSkipped: [{ reason: 'no text', count: 2, paths: ['a', 'b'] }],
        rulePackDigest: 'd'.repeat(64),
      }),
      ...SOME_OUTCOMES.slice(1),
    ];
    for (const document of [
      aScanDocument(),
      aScanDocument([], []),
      { ...aScanDocument([merged], outcomes), notices: [NOTICE] },
    ]) {
      const read = readScanReport(renderJson(document), 'scan.json');
      expect(renderDocument(format, read)).toBe(renderDocument(format, document));
    }
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const document = aScanDocument([
          aFinding({ title: text, description: text, metadata: { [text]: text } }),
        ]);
        const json = renderJson(document);
        expect(renderJson(readScanReport(json, 'scan.json'))).toBe(json);
      }),
    );
  });

  it('counts what a report does not list', () => {
    const document = aScanDocument();
    const shown = { ...document, findings: document.findings.filter(isActive) };
    expect(readScanReport(renderJson(shown), 'scan.json').summary).toEqual(document.summary);
  });

  it('makes counts and score itself', () => {
    const report = JSON.parse(renderJson(aScanDocument())) as { summary: object };
    const summary = { ...report.summary, total_findings: 0, risk_score: 0 };
    const read = readScanReport(JSON.stringify({ ...report, summary }), 'scan.json');
    expect(read.summary).toEqual(aScanDocument().summary);
  });

  const report = JSON.parse(renderJson(aScanDocument())) as Record<string, unknown>;

  it.each([
    ['', 'it is empty'],
    ['[]', 'an object'],
    [JSON.stringify({ ...report, version: 2 }), 'version 2'],
    [JSON.stringify({ ...report, command: 'diff' }), 'the report of a comparison'],
    [JSON.stringify({ ...report, findings: [{ fingerprint: 'x' }] }), '64 hexadecimal digits'],
    [renderJson(aScanDocument([aFinding({ filePath: '/etc/passwd' })])), 'no path within'],
    [renderJson(aScanDocument([aFinding({ filePath: 'a/../../b' })])), 'no path within'],
  ])('refuses %.40j', (text, words) => {
    const reading = () => readScanReport(text, 'scan.json');
    expect(reading).toThrow(UserError);
    expect(reading).toThrow(words);
  });
});
