import fc from 'fast-check';
import { fromBase64, toBase64 } from './base64';

describe('base64', () => {
  it('is what Node writes, and reads it back with and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
        expect(fromBase64(text.replace(/=/g, ''))).toEqual(bytes);
      }),
    );
  });

  it.each(['a-b_', 'ab c', 'ä', 'a==='])('takes %j for none', (text) => {
    expect(fromBase64(text)).toBeNull();
  });
});
