import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyRequest, errorCodes } from 'fastify';

/** What routes that take a whole document accept beside `application/json`. */
export const SARIF_MEDIA_TYPE = 'application/sarif+json';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * Lets some routes take documents that are larger than any other body, and gives them the bytes: parsing them here would hold up
 * everybody. To be called before routes are made.
 * @param routes their addresses, with the number of bytes that each takes.
 */
export function installDocumentBodies(
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
  app.useBodyParser('application/json', {}, (request: FastifyRequest, body: Buffer, done: Done) => {
    if (takesDocument(request)) done(null, body);
    else void parseJson(request, body.toString('utf8'), done);
  });
  app.useBodyParser(SARIF_MEDIA_TYPE, {}, (request: FastifyRequest, body: Buffer, done: Done) => {
    if (takesDocument(request)) done(null, body);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
  });
}
