import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './request-context';
import { securityHeadersFor } from './security-headers';

/** Headers that every answer carries, also those that the router gives before any hook runs. */
export function putEdgeHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('X-Request-ID', request.id);
  void reply.headers(securityHeadersFor(request.routeOptions.url ?? pathOf(request.url)));
}
