import {
  aFinding,
  aHostileDocument,
  anOutcome,
  anyText,
  aScanDocument,
  HOSTILE_TEXTS,
} from '@securescan/testing';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import type { ScanDocument } from './document';
import { junitChunks } from './junit';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  text: string;
  readonly children: Element[];
}

/** Throws for what is no well-formed XML 1.0. */
function parsed(text: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const parser = new SaxesParser({ forceXMLVersion: true, defaultXMLVersion: '1.0' });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (words) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += words;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  return root.children[0] ?? root;
}

function suitesOf(document: ScanDocument, ...rest: [] | ['medium']): Element {
  return parsed([...junitChunks(document, ...rest)].join(''));
}

function allOf(element: Element, name: string): Element[] {
  const below = element.children.flatMap((child) => allOf(child, name));
  return element.name === name ? [element, ...below] : below;
}

const texts = fc.oneof(anyText(), fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }));

describe('junitChunks', () => {
  it('counts in every suite and in all what the cases show', () => {
    for (const document of [aScanDocument(), aScanDocument([], []), aHostileDocument()]) {
      const root = suitesOf(document);
      for (const element of [root, ...allOf(root, 'testsuite')]) {
        expect(element.attributes).toMatchObject({
          tests: String(allOf(element, 'testcase').length),
          failures: String(allOf(element, 'failure').length),
          errors: String(allOf(element, 'error').length),
          skipped: String(allOf(element, 'skipped').length),
        });
      }
    }
  });

  it('fails for what is high or worse, and from the threshold on where there is one', () => {
    const severities = (['critical', 'high', 'medium', 'low', 'info'] as const).map((severity) =>
      aFinding({ severity, title: severity }),
    );
    const document = aScanDocument(severities, [anOutcome()]);
    const failures = (root: Element) =>
      allOf(root, 'failure').map(({ attributes }) => attributes['type']);
    expect(failures(suitesOf(document))).toEqual(['critical', 'high']);
    expect(failures(suitesOf(document, 'medium'))).toEqual(['critical', 'high', 'medium']);
  });

  it('skips what is suppressed, and says who decided so', () => {
    const skipped = allOf(suitesOf(aScanDocument()), 'skipped');
    expect(skipped.map(({ attributes }) => attributes['message'])).toContain(
      'suppressed (inline): a build image, never shipped',
    );
  });

  it('has a case for a scanner that found nothing, an error for one that did not end', () => {
    const root = suitesOf(
      aScanDocument(
        [],
        [anOutcome(), anOutcome({ scanner: 'bandit', status: 'failed', reason: 'it crashed' })],
      ),
    );
    expect(allOf(root, 'testcase').map(({ attributes }) => attributes['name'])).toEqual([
      'semgrep ran',
      'bandit ran',
    ]);
    expect(allOf(root, 'error').map(({ attributes }) => attributes['message'])).toEqual([
      'bandit failed: it crashed',
    ]);
  });

  it('tells every two cases apart', () => {
    const twins = [1, 2].map((occurrence) => aFinding({ fingerprint: 'a'.repeat(64), occurrence }));
    const names = allOf(suitesOf(aScanDocument(twins)), 'testcase').map(
      ({ attributes }) => `${String(attributes['classname'])} ${String(attributes['name'])}`,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('is well-formed XML with the same elements for any text', () => {
    const shape = ({ name, children }: Element): unknown => [name, children.map(shape)];
    const documentOf = (text: string) =>
      aScanDocument(
        [
          aFinding({ title: text, description: text, remediation: text, filePath: text }),
          aFinding({
            severity: 'low',
            metadata: { suppressed_by: 'inline', suppression_reason: text },
          }),
        ],
        [anOutcome({ status: 'failed', reason: text, installHint: text })],
      );
    const expected = shape(suitesOf(documentOf('plain')));
    fc.assert(
      fc.property(texts, (text) => {
        expect(shape(suitesOf(documentOf(text)))).toEqual(expected);
      }),
    );
  });
});
