import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor';
import { CursorInvalidError } from './http.errors';

describe('a cursor', () => {
  it('gives back the key that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.maxSafeInteger(), (text, number) => {
        const cursor = encodeCursor('scans', [text, number]);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor('scans', ['string', 'number'], cursor)).toEqual([text, number]);
      }),
    );
  });

  it('of no list of ours is refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(() => decodeCursor('scans', ['string'], text)).toThrow(CursorInvalidError);
      }),
    );
  });

  it.each([
    ['another list', encodeCursor('findings', [1])],
    ['another kind of key', encodeCursor('scans', ['1'])],
    ['a longer key', encodeCursor('scans', [1, 2])],
    ['a broken number', encodeCursor('scans', [1.5])],
    ['a huge text', encodeCursor('scans', ['x'.repeat(1000)])],
  ])('of %s is refused', (_case, cursor) => {
    expect(() => decodeCursor('scans', ['number'], cursor)).toThrow(CursorInvalidError);
  });
});
