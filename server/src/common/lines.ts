import type { FastifyReply } from 'fastify';
import { type TextStream, toTextBody } from './text-body';

/** A JSON document on each line (https://github.com/ndjson/ndjson-spec). */
export const NDJSON = 'application/x-ndjson';

/** Whether a caller has named lines among what he accepts. */
export function prefersLines(accept: string | undefined): boolean {
  return (accept ?? '')
    .split(',')
    .some((range) => range.split(';')[0]?.trim().toLowerCase() === NDJSON);
}

/** The body of an answer of lines, which come in pieces: the next is asked for when the receiver has room for it. */
export function toLines(reply: FastifyReply, pieces: AsyncIterable<string>): TextStream {
  return toTextBody(reply, `${NDJSON}; charset=utf-8`, pieces);
}
