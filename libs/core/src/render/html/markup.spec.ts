import { DefectError } from '../../errors';
import { html, joined, piece, styleElement, titleElement } from './markup';

describe('html', () => {
  it('escapes texts, and leaves markup of its own alone', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`<p title="${'"><script>'}">${inner}${[inner]}${null}${3}</p>`.toString()).toBe(
      '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b>3</p>',
    );
  });

  it.each([
    ['without quotes', () => piece`<p title=${'x'}>`],
    ['in single quotes', () => piece`<p title='${'x'}'>`],
    ['as a name', () => piece`<${'p'}>`],
    ['behind an open quote', () => piece`<p title="${'x'}`],
    ['in a script', () => piece`<script>${'x'}</script>`],
    ['in a style sheet', () => piece`<style>${'x'}</style>`],
    ['in a comment', () => piece`<!-- ${'x'} -->`],
    ['as markup in an attribute', () => piece`<p title="${html`<b></b>`}">`],
  ])('refuses a value %s', (_name, make) => {
    expect(make).toThrow(DefectError);
  });

  it('takes no string for markup', () => {
    const forged = { toString: () => '<script>' };
    // @ts-expect-error only this module makes markup
    expect(() => html`${[forged]}`.toString()).not.toThrow();
  });
});

describe('the elements beside templates', () => {
  it('escape too', () => {
    expect(titleElement('</title>').toString()).toBe('<title>&lt;/title&gt;</title>');
    expect(joined(['<', html`<br />`]).toString()).toBe('&lt;, <br />');
    expect(() => styleElement('</style>')).toThrow(DefectError);
  });
});
