import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  type BrotliOptions,
  type ZlibOptions,
} from 'node:zlib';

/** Ways to make an answer smaller, the better one first. */
export const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

// Where a little more time would save little more: these take about as long as writing the text did.
const BROTLI: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const GZIP: ZlibOptions = { level: 5 };

const inThread = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Compresses a whole body, beside the event loop. */
export async function compressWhole(coding: Coding, body: string | Uint8Array): Promise<Buffer> {
  return coding === 'br' ? inThread.br(body, BROTLI) : inThread.gzip(body, GZIP);
}

/** Whether a body comes piece by piece. */
export function isStream(body: unknown): body is Readable {
  return body instanceof Readable;
}

/** Compresses a body on its way; the source is closed with the answer, and an error of it breaks the answer off. */
export function compressStream(coding: Coding, body: Readable): Readable {
  const compressor = coding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP);
  body.once('error', (error) => compressor.destroy(error));
  compressor.once('close', () => body.destroy());
  return body.pipe(compressor);
}
