import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDeniedError } from './http.errors';
import { refusalOfCaller } from './local-caller.policy';
import { pathOf } from './request-context';
import { RouteTable } from './route-table';
import { securityHeadersFor } from './security-headers';

export const API_ROOT = '/api/v1';
const UNVERSIONED = /^\/api(?=\/|$)(?!\/v1(?:\/|$|\?))/;

/**
 * What happens to every request before any route sees it, static files and unknown addresses included: its id and the
 * security headers go on the answer, strangers are refused, old addresses are sent on, and its end is logged.
 */
export function installHttpEdge(
  app: NestFastifyApplication,
  options: { readonly corsOrigins: readonly string[] },
): void {
  const fastify = app.getHttpAdapter().getInstance();
  const routes = app.get(RouteTable);
  const logger = new Logger('request');
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.add(url, method);
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-ID', request.id);
    void reply.headers(securityHeadersFor(pathOf(request.url)));
    const refusal = refusalOfCaller(
      {
        host: request.headers.host,
        origin: request.headers.origin,
        headerNames: Object.keys(request.headers),
      },
      options.corsOrigins,
    );
    if (refusal !== null) throw new AccessDeniedError(refusal);
    if (UNVERSIONED.test(request.url)) await sendOn(request, reply);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    logger.log(
      {
        request_id: request.id,
        method: request.method,
        path: pathOf(request.url),
        status: reply.statusCode,
        latency_ms: Math.round(reply.elapsedTime * 100) / 100,
      },
      'request',
    );
    return Promise.resolve();
  });
}

/** The same method at the same address of the current version; 308 keeps the body. */
async function sendOn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const successor = request.url.replace(/^\/api/, API_ROOT);
  await reply
    .status(308)
    .header('Location', successor)
    .header('Deprecation', 'true')
    .header('Link', `<${pathOf(successor)}>; rel="successor-version"`)
    .send();
}
