import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { compareCodePoints } from '../order/compare-code-points';
import { markdownTree, reachesOut, textOf } from './__fixtures__/markdown-tree';
import { HOSTILE_TEXTS } from './__fixtures__/hostile-texts';
import { codeFence, codeSpan, cutText, inShort, markdownText, utf8Length } from './markdown-text';

const hostile = fc.oneof(
  anyText(),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc
    .array(fc.constantFrom(...HOSTILE_TEXTS, ' ', 'a', '0'), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

/** What `markdownText` shows: white space collapsed, controls in words, the spaces of no width left out. */
function shownOf(markdown: string): string {
  return textOf(markdownTree(`x ${markdown} x`)).slice(2, -2);
}

describe('text of strangers in Markdown', () => {
  it.each(HOSTILE_TEXTS)('is text alone: %j', (text) => {
    const tree = markdownTree(`x ${markdownText(text)} x`);
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph']);
    expect(tree.children[0]).toMatchObject({ children: [{ type: 'text' }] });
    expect(reachesOut(textOf(tree))).toEqual([]);
  });

  it('is text alone whatever it is, wherever in a line it stands', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = markdownText(text);
        for (const line of [`x ${escaped} x`, `**x** ${escaped}`, `- ${escaped}x`]) {
          const tree = markdownTree(line);
          const types = new Set(JSON.stringify(tree).match(/"type":"\w+"/g));
          for (const type of ['"type":"strong"', '"type":"list"', '"type":"listItem"'])
            types.delete(type);
          expect([...types].sort(compareCodePoints)).toEqual([
            '"type":"paragraph"',
            '"type":"root"',
            '"type":"text"',
          ]);
          expect(reachesOut(textOf(tree))).toEqual([]);
        }
        expect(escaped).not.toMatch(/[\n\r]|<!--/);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['plain words, and more', 'plain words, and more'],
    ['a_b * c | d [x](y) <b> & "q"', 'a_b * c | d [x](y) <b> & "q"'],
    ['two\r\n\tlines  here ', 'two lines here'],
    ['right\u202eleft\u0000', 'right\\u202eleft\\u0000'],
    ['ask @octo-org/team about #12', 'ask @\u200bocto-org/team about #\u200b12'],
    ['see gh-12 in 0123abcdef', 'see gh-\u200b12 in 0123ab\u200bcdef'],
    [
      'http://a.example www.b.example :+1:',
      'http:\u200b//a.example www\u200b.b.example :\u200b+1:',
    ],
    ['half \ud83d of it', 'half \ufffd of it'],
  ])('%j shows %j', (text, shown) => {
    expect(shownOf(markdownText(text))).toBe(shown);
  });
});

describe('text of strangers in a code span', () => {
  it('is one span with the text in it, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tree = markdownTree(`x ${codeSpan(text)} x`);
        expect(tree.children).toMatchObject([
          {
            type: 'paragraph',
            children: [{ type: 'text' }, { type: 'inlineCode' }, { type: 'text' }],
          },
        ]);
        expect(codeSpan(text)).not.toMatch(/[\n\r]|<!--/);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['', '` `'],
    ['<!-- x -->', '`<\u200b!-- x -->`'],
  ])('%j is %j', (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });
});

describe('helpers', () => {
  it('fences what holds fences', () => {
    expect(codeFence('plain')).toBe('```');
    expect(codeFence('a ```` b')).toBe('`````');
  });

  it.each([
    ['One sentence. And another.', 'One sentence.'],
    ['  No\n end ', 'No end'],
    ['Version 1.2 is old! Update.', 'Version 1.2 is old!'],
    ['x'.repeat(50), `${'x'.repeat(39)}…`],
    [`${'x'.repeat(38)}😀y. Z`, `${'x'.repeat(38)}…`],
  ])('shortens %j', (text, short) => {
    expect(inShort(text, 40)).toBe(short);
  });

  it('counts bytes as an encoder does', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it('cuts no character in half', () => {
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('abcd', 4)).toBe('abcd');
  });
});
