import { aFinding, anyText, aScanDocument, HOSTILE_TEXTS } from '@securescan/testing';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Finding } from '../model/finding';
import { csvChunks } from './csv';

function recordsOf(findings: readonly Finding[]): string[][] {
  const text = [...csvChunks({ findings })].join('');
  return parse(text, { record_delimiter: '\r\n', relax_column_count: false });
}

function withText(text: string): Finding {
  return aFinding({
    title: text,
    description: text,
    remediation: text,
    filePath: text,
    ruleId: text,
    complianceTags: [text],
    metadata: { suppressed_by: 'config', suppression_reason: text },
  });
}

const texts = fc.oneof(anyText(), fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }));

describe('csvChunks', () => {
  it('gives a strict reader one record for each finding, with the fields that the header names', () => {
    const [header, ...records] = recordsOf(aScanDocument().findings);
    expect(header?.slice(0, 6)).toEqual([
      'severity',
      'scanner',
      'title',
      'file',
      'line',
      'line_end',
    ]);
    expect(records.map(([severity]) => severity)).toEqual(
      aScanDocument().findings.map(({ severity }) => severity),
    );
    const reasons = records.map((record) => record[header?.indexOf('suppression_reason') ?? -1]);
    expect(reasons).toContain('a build image, never shipped');
  });

  it('holds any text in its own field, without a line break', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const findings = [withText(text), aFinding({ title: 'after' })];
        const [header, first, second, ...none] = recordsOf(findings);
        expect(none).toEqual([]);
        expect(first).toHaveLength(header?.length ?? 0);
        expect(first?.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        expect(second?.[2]).toBe('after');
      }),
    );
  });

  it('gives a spreadsheet no formula', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const field of recordsOf([withText(text)])[1] ?? []) {
          expect(field.normalize('NFKC').trimStart()).not.toMatch(/^[=+@\t\r]|^-(?!\d+$)/);
        }
      }),
    );
  });
});
