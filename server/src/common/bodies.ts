import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyRequest, errorCodes } from 'fastify';
import { BodyNotAcceptedError } from './http.errors';
import { assertPlainJson } from './plain-json';

/** What routes that take a whole document accept beside `application/json`. */
export const SARIF_MEDIA_TYPE = 'application/sarif+json';
export const CYCLONEDX_MEDIA_TYPE = 'application/vnd.cyclonedx+json';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * Reads bodies that are JSON, and refuses forms and plain text as an unsupported media type. Some routes take documents that are
 * larger than any other body and get the bytes: parsing them here would hold up everybody. To be called before routes are made.
 * @param routes their addresses, with the number of bytes that each takes.
 */
export function installBodies(
  app: NestFastifyApplication,
  adapter: FastifyAdapter,
  routes: ReadonlyMap<string, number>,
): void {
  const instance = adapter.getInstance();
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  const takesDocument = ({ routeOptions: { url } }: FastifyRequest): boolean =>
    url !== undefined && routes.has(url);
  instance.addHook('onRoute', (route) => {
    const limit = routes.get(route.url);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  instance.removeAllContentTypeParsers();
  app.useBodyParser('application/json', {}, (request: FastifyRequest, body: Buffer, done: Done) => {
    if (takesDocument(request)) {
      done(null, body);
      return;
    }
    // Clients that name the type of every request do so on those without a body too.
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    void parseJson(request, body.toString('utf8'), (error, parsed: unknown) => {
      done(error ?? refusalOf(parsed), parsed);
    });
  });
  for (const mediaType of [SARIF_MEDIA_TYPE, CYCLONEDX_MEDIA_TYPE]) {
    app.useBodyParser(mediaType, {}, (request: FastifyRequest, body: Buffer, done: Done) => {
      if (takesDocument(request)) done(null, body);
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    });
  }
}

/** The bytes of a document; a request without a body has none of any type. */
export function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function refusalOf(body: unknown): Error | null {
  try {
    assertPlainJson(body);
    return null;
  } catch (error) {
    if (error instanceof BodyNotAcceptedError) return error;
    throw error;
  }
}
