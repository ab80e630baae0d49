import * as fc from 'fast-check';
import { BlobReader } from '../src/revisions/blob-reader';

const id = (index: number): string => index.toString(16).padStart(40, '0');

/** What a reader makes of an output that comes in pieces of the size. */
function read(asked: readonly string[], output: Buffer, size = 7): string[] {
  const found: string[] = [];
  const parts: Buffer[] = [];
  const reader = new BlobReader(asked, {
    begin: (index) => {
      found.push(`${index}:`);
      parts.length = 0;
    },
    data: (chunk) => void parts.push(Buffer.from(chunk)),
    end: () => void found.push(Buffer.concat(parts).toString('latin1')),
  });
  for (let at = 0; at < output.length; at += size) reader.push(output.subarray(at, at + size));
  reader.finish();
  return found;
}

describe('BlobReader', () => {
  it('gives each blob whole, whatever is in it and wherever the chunks end', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 6 });
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 300 }), (blobs, size) => {
        const output = blobs.flatMap((blob, index) => [
          Buffer.from(`${id(index)} blob ${blob.length}\n`),
          blob,
          Buffer.from('\n'),
        ]);
        const asked = blobs.map((_, index) => id(index));
        expect(read(asked, Buffer.concat(output), size)).toEqual(
          blobs.flatMap((blob, index) => [`${index}:`, Buffer.from(blob).toString('latin1')]),
        );
      }),
    );
  });

  it.each([
    ['an object that is missing', `${id(0)} missing\n`, 'says'],
    ['another object', `${id(5)} blob 1\nx\n`, 'says'],
    ['a tree', `${id(0)} tree 1\nx\n`, 'says'],
    ['a blob too many', `${id(0)} blob 1\nx\n${id(1)} blob 1\nx\n`, 'for nothing'],
    ['more than was announced', `${id(0)} blob 1\nxx\n`, 'gives more than it announced'],
    ['less than was announced', `${id(0)} blob 9\nx\n`, 'ended after 0 of 1 files'],
    ['nothing', '', 'ended after 0 of 1 files'],
    ['a text without a head', 'x'.repeat(500), 'does not say what comes'],
  ])('refuses %s', (_, output, reason) => {
    expect(() => read([id(0)], Buffer.from(output))).toThrow(reason);
  });
});
