import { Logger, NotFoundException } from '@nestjs/common';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compressAnswer } from './compression';
import { putEdgeHeaders } from './edge-headers';
import { pathOf } from './request-context';
import { isWithoutHost, refuseUnreadable } from './refused-by-framework';
import { RouteTable } from './route-table';

export const API_ROOT = '/api/v1';
const UNVERSIONED = /^\/api(?=\/|$)(?!\/v1(?:\/|$|\?))/;

/** Who may come in; decided where callers are known. */
export interface Gate {
  refuseStrangers(request: FastifyRequest): void;
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/**
 * What happens to every request before any route sees it, static files and unknown addresses included: its id and the
 * security headers go on the answer, strangers are refused, old addresses are sent on, and its end is logged.
 */
export function installHttpEdge(
  app: NestFastifyApplication,
  adapter: FastifyAdapter,
  gate: Gate,
): void {
  const routes = app.get(RouteTable);
  const logger = new Logger('request');
  adapter.getInstance().addHook('onRoute', ({ url, method }) => {
    routes.add(url, method);
  });
  adapter.setOnRequestHook(async (request: FastifyRequest, reply: FastifyReply) => {
    putEdgeHeaders(request, reply);
    if (isWithoutHost(request)) {
      await refuseUnreadable(reply);
      return;
    }
    gate.refuseStrangers(request);
    if (UNVERSIONED.test(request.url)) await sendOn(request, reply);
    else await gate.admit(request, reply);
    // Nobody reads the body of a request that no route takes.
    if (request.is404 && !reply.sent) throw new NotFoundException();
  });
  adapter.getInstance().addHook('onSend', compressAnswer);
  adapter.setOnResponseHook((request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    logger.log(entryOf(request, reply), 'request');
    done();
  });
}

function entryOf(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  const { caller } = request;
  return {
    request_id: request.id,
    method: request.method,
    path: pathOf(request.url),
    status: reply.statusCode,
    latency_ms: Math.round(reply.elapsedTime * 100) / 100,
    client: request.clientAddress,
    principal: caller === undefined ? undefined : `${caller.kind}:${caller.subject}`,
  };
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
