import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DefectError } from '@securescan/core';
import type { FastifyRequest } from 'fastify';
import type { Actor, Caller } from './caller';

/** Who sent a request that the gate has admitted. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) {
    throw new DefectError('INVARIANT_BROKEN', 'A public route asked who is calling.');
  }
  return request.caller;
}

/** Gives a route who is calling, with their scopes. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Whom to name in what a request writes. */
export function actorOf(request: FastifyRequest): Actor {
  const { kind, subject, name, email } = callerOf(request);
  const address = request.clientAddress ?? null;
  return { kind, subject, name, email, requestId: request.id, address };
}

/** Gives a route whom to name in what it writes. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
