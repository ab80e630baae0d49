import type { FastifyReply } from 'fastify';
import { type TextStream, toTextStream } from '../platform/text-stream';

export type { TextStream } from '../platform/text-stream';

/** Text that comes in pieces as the body of an answer: the next is asked for when the receiver has room for it. */
export function toTextBody(
  reply: FastifyReply,
  mediaType: string,
  pieces: AsyncIterable<string>,
): TextStream {
  void reply.type(mediaType);
  return toTextStream(pieces);
}
