import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';
import { SCOPES } from '@securescan/contracts';

/** `authenticated` routes answer whoever is recognised, `public` ones anybody. */
export const ROUTE_SCOPES = [...SCOPES, 'authenticated', 'public'] as const;
export type RouteScope = (typeof ROUTE_SCOPES)[number];

export const ROUTE_ACCESS_KEY = 'securescan:access';
/** Where the description of the API keeps what a route asks, for whoever completes it. */
export const ROUTE_ACCESS_EXTENSION = 'x-route-access';

/** What a route asks of its caller. */
export interface RouteAccess {
  readonly scope: RouteScope;
  /** Tokens that a request takes from its caller's rate limit; 0 for what costs next to nothing. */
  readonly cost: number;
  /** The scan's event stream takes a token in its query as well, since browsers send no headers there. */
  readonly takesEventToken: boolean;
}

/**
 * States what a caller must be allowed to do. Every route carries one. It is kept where each reader finds it: in Nest's
 * metadata, in Fastify's route, where a request is judged before its body is read, and in the description of the API.
 */
export function RequireScope(
  scope: RouteScope,
  traits: Partial<Omit<RouteAccess, 'scope'>> = {},
): MethodDecorator {
  const access: RouteAccess = { cost: 0, takesEventToken: false, ...traits, scope };
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS_KEY, access),
    RouteConfig({ access }),
    ApiExtension(ROUTE_ACCESS_EXTENSION, access),
  );
}
