import { Readable } from 'node:stream';

export type TextStream = Readable;

/** Text in pieces as the body of an answer: the next piece is made when the receiver has room, none when he has left. */
export function toTextStream(pieces: AsyncIterable<string>): TextStream {
  // One piece ahead, which is far more than a socket takes at once.
  return Readable.from(pieces, { objectMode: false, highWaterMark: 1 });
}
