import { HttpHeaders } from '@angular/common/http';
import { signal } from '@angular/core';
import { listTotal, nextCursor } from './list-headers';
import { CursorPaging } from './list-page';

function headers(cursor: string | null, total = '120'): HttpHeaders {
  const base = new HttpHeaders({ 'X-Total-Count': total });
  if (cursor === null) return base;
  return base.set(
    'Link',
    `</api/v1/scans?limit=50&cursor=${encodeURIComponent(cursor)}>; rel="next"`,
  );
}

describe('the headers of a list', () => {
  it('carry the cursor of the next page', () => {
    expect(nextCursor(headers('a+b/c='))).toBe('a+b/c=');
    expect(nextCursor(headers(null))).toBeNull();
    expect(nextCursor(undefined)).toBeNull();
  });

  it('find the next page among other links', () => {
    const both = new HttpHeaders({
      Link: '</x?cursor=p>; rel="prev", </x?cursor=n>; rel="next"',
    });
    expect(nextCursor(both)).toBe('n');
  });

  it('carry a total and whether it is exact', () => {
    expect(listTotal(headers(null))).toEqual({ count: 120, isExact: true });
    const many = headers(null, '10000').set('X-Total-Exact', 'false');
    expect(listTotal(many)).toEqual({ count: 10_000, isExact: false });
    expect(listTotal(headers(null, 'many'))).toBeNull();
  });
});

describe('CursorPaging', () => {
  it('walks forwards by cursors and back the way it came', () => {
    const paging = new CursorPaging(50, signal('all'));
    expect(paging.cursor()).toBeUndefined();
    paging.forward(headers('two'));
    paging.forward(headers('three'));
    expect(paging.cursor()).toBe('three');
    expect(paging.describe(20, headers(null))).toEqual({
      start: 100,
      shown: 20,
      total: 120,
      isTotalExact: true,
      hasPrevious: true,
      hasNext: false,
    });
    paging.back();
    expect(paging.cursor()).toBe('two');
  });

  it('stays where it is when there is no next page', () => {
    const paging = new CursorPaging(50, signal('all'));
    paging.forward(headers(null));
    expect(paging.cursor()).toBeUndefined();
  });

  it('returns to the first page when the filter changes', () => {
    const filter = signal('all');
    const paging = new CursorPaging(50, filter);
    paging.forward(headers('two'));
    filter.set('high');
    expect(paging.cursor()).toBeUndefined();
  });
});
