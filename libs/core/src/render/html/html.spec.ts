import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { aFinding, anOutcome, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { isActive } from '../../model/suppression';
import type { ScanDocument } from '../document';
import type { ListingLimits } from './findings';
import { htmlChunks } from './html';
import { aReport, aReportOf, TEXTS_AGAINST_PAGES } from './report-inputs.contract';
import { visibleText } from './visible-text';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

const GOLDEN = join(__dirname, '..', '..', '__goldens__', 'report.html');

function render(document: ScanDocument, limits?: ListingLimits): string {
  return [...htmlChunks(document, { limits })].join('');
}

/** Every element of a page in its order. Fails for what a parser has to guess. */
function elementsOf(page: string): readonly Element[] {
  const errors: string[] = [];
  const tree = parse(page, {
    onParseError: ({ code, startLine, startCol }) => {
      errors.push(`${code} at ${String(startLine)}:${String(startCol)}`);
    },
  });
  expect(errors).toEqual([]);
  return descendantsOf(tree);
}

function descendantsOf(node: Node): Element[] {
  if (!('childNodes' in node)) return [];
  return node.childNodes.flatMap((child) => [
    ...('tagName' in child ? [child] : []),
    ...descendantsOf(child),
  ]);
}

function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

/** Names, nesting and attributes of all elements, without the text that is ours to show. */
function structureOf(page: string): readonly string[] {
  return elementsOf(page).map(({ tagName, attrs, parentNode }) => {
    const shown = attrs.map(({ name, value }) =>
      name === 'content' && value.startsWith('SecureScan ') ? name : `${name}=${value}`,
    );
    return `${parentNode?.nodeName ?? ''} > ${tagName} ${shown.join(' ')}`;
  });
}

/** What no page of ours holds, whatever its texts are. */
function expectHarmless(page: string): void {
  const elements = elementsOf(page);
  const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const names = new Set(elements.map(({ tagName }) => tagName));
  for (const name of ['script', 'img', 'iframe', 'object', 'embed', 'link', 'form', 'base'])
    expect(names).not.toContain(name);
  for (const { attrs } of elements) {
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^on|^(?:style|src|srcdoc|srcset|action|formaction|xlink:href)$/u);
      if (name === 'href') expectOurs(value, ids);
      expect(value).not.toMatch(/^\s*(?:javascript|data|vbscript):/iu);
    }
  }
}

function expectOurs(address: string, ids: readonly string[]): void {
  if (address.startsWith('#')) expect(ids).toContain(address.slice(1));
  else expect(address).toMatch(/^https:\/\/cwe\.mitre\.org\/data\/definitions\/\d{1,6}\.html$/u);
}

describe('the report as HTML', () => {
  it('of code, reporters and notices is as its golden shows', () => {
    expectGolden(GOLDEN, render(aReport()));
  });

  it('allows nothing but its own style sheet', () => {
    const elements = elementsOf(render(aReport()));
    const sheets = elements.filter(({ tagName }) => tagName === 'style');
    const policy = elements.find(
      (element) => attribute(element, 'http-equiv') === 'Content-Security-Policy',
    );
    const hash = createHash('sha256')
      .update(sheets[0] === undefined ? '' : textOf(sheets[0]))
      .digest('base64');
    expect(sheets).toHaveLength(1);
    expect(policy === undefined ? '' : attribute(policy, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has headings in order, and a caption and named columns in every table', () => {
    const elements = elementsOf(render(aReport()));
    const levels = elements
      .filter(({ tagName }) => /^h[1-6]$/u.test(tagName))
      .map(({ tagName }) => Number(tagName.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const table of elements.filter(({ tagName }) => tagName === 'table')) {
      const inside = descendantsOf(table);
      expect(inside[0]?.tagName).toBe('caption');
      for (const head of inside.filter(({ tagName }) => tagName === 'th'))
        expect(attribute(head, 'scope')).toMatch(/^(?:col|row)$/u);
    }
    const charts = elements.filter(({ tagName }) => tagName === 'svg');
    expect(charts.length).toBeGreaterThan(3);
    for (const chart of charts) expect(attribute(chart, 'aria-hidden')).toBe('true');
  });

  it('says that a scan is incomplete, and that suppressed findings were left out', () => {
    const hidden = aReport();
    const page = render({ ...hidden, findings: hidden.findings.filter(isActive) });
    expect(page).toContain('This scan is incomplete:');
    expect(page).toContain('bandit did not complete');
    expect(page).toContain('2 findings are suppressed');
    expect(page).toContain('This report leaves them out.');
    expect(render(aReport(undefined, [anOutcome()]))).not.toContain('incomplete');
  });
});

describe('texts of strangers', () => {
  const harmless = structureOf(render(aReportOf('harmless')));

  it.each(TEXTS_AGAINST_PAGES.map((text) => [JSON.stringify(text), text]))(
    'stay text: %s',
    (_name, text) => {
      const page = render(aReportOf(text));
      expect(structureOf(page)).toEqual(harmless);
      expectHarmless(page);
      const title = elementsOf(page).find(({ tagName }) => tagName === 'h4');
      expect(title === undefined ? '' : textOf(title)).toBe(`1. ${visibleText(`a${text}z`)}`);
    },
  );

  it('stay text whatever they are', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(structureOf(render(aReportOf(text)))).toEqual(harmless);
      }),
    );
  });

  it('are shown with everything that could hide or reorder them', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(render(aReportOf(text))).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u,
        );
      }),
    );
  });

  it('are cut where they are endless', () => {
    const page = render(
      aReport([aFinding({ title: 't'.repeat(9_000), description: '<'.repeat(90_000) })]),
    );
    expect(page).not.toContain('t'.repeat(301));
    expect(page).not.toContain('&lt;'.repeat(4_001));
    expectHarmless(page);
  });
});

describe('a report of very much', () => {
  const severities = ['info', 'critical', 'low', 'high', 'medium'] as const;
  const many = Array.from({ length: 100_000 }, (_, index) =>
    aFinding({
      severity: severities[index % severities.length] ?? 'info',
      title: `Finding ${String(index)}`,
      filePath: `src/file-${String(index % 500)}.ts`,
      lineStart: index + 1,
      fingerprint: index.toString(16).padStart(64, '0'),
    }),
  );

  it('lists the worst and counts the rest, and says so', () => {
    const page = render(aReport(many));
    expect(page.length).toBeLessThan(15_000_000);
    expect(page.match(/<article/gu)).toHaveLength(2_000);
    expect(page.match(/<tr id="finding-/gu)).toHaveLength(8_000);
    expect(page).toContain(
      'The first 2,000 findings are described in full, the next 8,000 are listed in a row each and 90,000 are only counted.',
    );
    // 20,000 of each severity, so that all that is listed is critical.
    expect(page).toContain('10,000 findings of this severity');
    expect(page).toContain('Info (20,000)');
  });

  it.each([
    [{ cards: 2, rows: 0, suppressed: 0 }, 2, 0],
    [{ cards: 0, rows: 3, suppressed: 1 }, 0, 3],
    [{ cards: 3, rows: 9, suppressed: 9 }, 3, 2],
  ])('holds to %j', (limits, cards, rows) => {
    const page = render(aReport(), limits);
    expectHarmless(page);
    expect(page.match(/<article/gu) ?? []).toHaveLength(cards);
    expect(page.match(/<tr id="finding-/gu) ?? []).toHaveLength(rows);
  });
});
