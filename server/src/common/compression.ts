import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CODINGS,
  type Coding,
  compressStream,
  compressWhole,
  isStream,
} from '../platform/compressors';

/** Below this the headers weigh more than what is saved. */
const SMALLEST_BYTES = 1024;
const COMPRESSIBLE =
  /^(?:text\/(?!event-stream)[\w.+-]+|application\/(?:json|x-ndjson|javascript|xml|manifest\+json|[\w.-]+\+json)|image\/svg\+xml)(?:;|$)/i;

/**
 * The coding that a caller likes best of those that we have; `null` for none. A coding that is not named is as welcome as `*`
 * (RFC 9110, section 12.5.3).
 */
export function codingFor(acceptEncoding: string | undefined): Coding | null {
  const weights = new Map(
    (acceptEncoding ?? '').split(',').map((part): [string, number] => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((text) => text.startsWith('q='));
      return [name, weight === undefined ? 1 : Number(weight.slice(2))];
    }),
  );
  let best: Coding | null = null;
  let bestWeight = 0;
  for (const coding of CODINGS) {
    const weight = weights.get(coding) ?? weights.get('*') ?? 0;
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return best;
}

/** A hook of the framework: makes answers of text smaller, those in one piece and those in many. Event streams pass it by. */
export async function compressAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
): Promise<unknown> {
  if (!mayBeCompressed(reply)) return body;
  addToVary(reply);
  const coding = codingFor(request.headers['accept-encoding']);
  if (coding === null || request.method === 'HEAD') return body;
  if (isStream(body)) {
    if (Number(reply.getHeader('content-length') ?? SMALLEST_BYTES) < SMALLEST_BYTES) return body;
    putCoding(reply, coding);
    return compressStream(coding, body);
  }
  if (!isText(body) || byteLengthOf(body) < SMALLEST_BYTES) return body;
  putCoding(reply, coding);
  return compressWhole(coding, body);
}

function mayBeCompressed(reply: FastifyReply): boolean {
  const isWhole = reply.statusCode !== 206 && !reply.hasHeader('content-range');
  const isPlain = !reply.hasHeader('content-encoding');
  const mayChange = !String(reply.getHeader('cache-control') ?? '').includes('no-transform');
  const type = String(reply.getHeader('content-type') ?? '');
  return isWhole && isPlain && mayChange && COMPRESSIBLE.test(type);
}

/** Caches must know that another caller may get other bytes. */
function addToVary(reply: FastifyReply): void {
  const known = reply.getHeader('vary');
  void reply.header(
    'Vary',
    known === undefined ? 'Accept-Encoding' : `${String(known)}, Accept-Encoding`,
  );
}

/** The compressed bytes are not those that a strong validator promises. */
function putCoding(reply: FastifyReply, coding: Coding): void {
  void reply.header('Content-Encoding', coding).removeHeader('Content-Length');
  void reply.removeHeader('Accept-Ranges');
  const tag = reply.getHeader('etag');
  if (typeof tag === 'string' && !tag.startsWith('W/')) void reply.header('ETag', `W/${tag}`);
}

function isText(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

function byteLengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}
