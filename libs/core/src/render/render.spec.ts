import { join } from 'node:path';
import { SCAN_FORMATS } from '@securescan/contracts';
import {
  aFinding,
  aHostileDocument,
  anyText,
  aScanDocument,
  expectGolden,
  SOME_FINDINGS,
  SOME_OUTCOMES,
} from '@securescan/testing';
import fc from 'fast-check';
import { toScanDocument } from './document';
import { escapeControls } from './escape-controls';
import { renderJson } from './json';
import { renderDocument, SCAN_RENDERERS } from './registry';
import { renderText } from './text';
import { PLAIN_PALETTE } from './text-parts';

const golden = (name: string) => join(__dirname, '..', '__goldens__', name);

describe.each(SCAN_FORMATS)('%s', (format) => {
  it.each([
    ['scan', aScanDocument()],
    ['empty', aScanDocument([], [])],
    ['hostile', aHostileDocument()],
  ])('of a document called %s is as its golden shows', (name, document) => {
    const { fileExtension } = SCAN_RENDERERS[format];
    expectGolden(golden(`${name}${fileExtension}`), renderDocument(format, document));
  });

  it('does not depend on the time that a scanner took', () => {
    const slower = SOME_OUTCOMES.map((outcome) => ({ ...outcome, durationMs: 99_999 }));
    const expected = renderDocument(format, aScanDocument());
    expect(renderDocument(format, aScanDocument(SOME_FINDINGS, slower))).toBe(expected);
  });

  it('does not depend on the order of findings or metadata keys', () => {
    const expected = renderDocument(format, aScanDocument());
    const shuffles = fc.shuffledSubarray([...SOME_FINDINGS], { minLength: SOME_FINDINGS.length });
    fc.assert(
      fc.property(shuffles, (shuffled) => {
        const reversed = shuffled.map((finding) => ({
          ...finding,
          metadata: Object.fromEntries(Object.entries(finding.metadata).reverse()),
        }));
        expect(renderDocument(format, aScanDocument(reversed))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('ends with one line feed, whatever the texts are', () => {
    expect(renderDocument(format, aHostileDocument())).toMatch(/[^\n]\n$/);
  });
});

describe('toScanDocument', () => {
  it.each(['/home/me/shop', 'C:\\shop', 'C:/shop', '\\\\host\\shop'])(
    'leaves out a project that is only the path %s',
    (project) => {
      expect(toScanDocument({ ...aScanDocument(), project }).project).toBeNull();
    },
  );
});

describe('renderJson', () => {
  it('leaves separators of lines and paragraphs within a text alone', () => {
    const title = 'one\u2028two\u2029three';
    const report = JSON.parse(renderJson(aScanDocument([aFinding({ title })]))) as {
      findings: unknown[];
    };
    expect(report.findings).toMatchObject([{ title }]);
  });

  it('is JSON for any text', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (title, description) => {
        const [finding] = (
          JSON.parse(renderJson(aScanDocument([aFinding({ title, description })]))) as {
            findings: unknown[];
          }
        ).findings;
        expect(finding).toMatchObject({ title, description });
      }),
    );
  });
});

describe('renderText', () => {
  it('lets nothing of a tool steer the terminal', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const lines = renderText(aScanDocument([aFinding({ title: text, filePath: text })]));
        expect(lines).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });

  it('colours through the palette alone', () => {
    const palette = {
      severity: (severity: string, text: string) => `<${severity}>${text}</>`,
      strong: (text: string) => `*${text}*`,
      faint: (text: string) => text,
    };
    const marked = renderText(aScanDocument(), { palette, columns: null });
    expect(marked).toContain('<critical>Critical (1)</>');
    expect(marked.replace(/<\w+>|<\/>|\*/g, '')).toBe(renderText(aScanDocument()));
  });

  it.each([
    ['src/a.ts', 80, 'src/a.ts:7'],
    ['services/orders/src/main/java/Query.java', 40, '…/orders/src/main/java/Query.java:7'],
    ['a-very-long-name-of-a-single-file-in-the-root.ts', 30, '…gle-file-in-the-root.ts:7'],
    ['services/orders/Query.java', 3, '…/Query.java:7'],
  ])('cuts the place of %s at its beginning in %i columns', (filePath, columns, place) => {
    const document = aScanDocument([aFinding({ filePath, lineStart: 7 })]);
    const lines = renderText(document, { palette: PLAIN_PALETTE, columns }).split('\n');
    expect(lines).toContain(`    ${place}`);
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
