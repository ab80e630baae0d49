import { SetMetadata } from '@nestjs/common';

export const ROUTE_SCOPES = ['read', 'write', 'admin', 'public'] as const;
export type RouteScope = (typeof ROUTE_SCOPES)[number];

export const ROUTE_SCOPE_KEY = 'securescan:scope';

/** States what a caller must be allowed to do. Every route carries one; `public` routes answer anybody. */
export function RequireScope(scope: RouteScope): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_SCOPE_KEY, scope);
}
