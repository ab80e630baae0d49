import { nextLink } from './link-header';

describe('nextLink', () => {
  it.each([
    [null, null],
    ['', null],
    ['</a?cursor=1>; rel="next"', '/a?cursor=1'],
    ['</a>; rel=next', '/a'],
    ['</b>; rel="prev", </a>; title="x, y"; rel="next"', '/a'],
    ['</b>; rel="nextish"', null],
    ['</b>; rel="last next"', '/b'],
  ])('%s', (header, expected) => {
    expect(nextLink(header)).toBe(expected);
  });
});
