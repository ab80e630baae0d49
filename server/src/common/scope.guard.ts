import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DefectError } from '@securescan/core';
import { ROUTE_SCOPE_KEY, type RouteScope } from './scope.decorator';

/** Keeps a route that states no scope shut. Who holds which scope is decided where callers are authenticated. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const scope = this.reflector.getAllAndOverride<RouteScope | undefined>(ROUTE_SCOPE_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (scope === undefined) {
      throw new DefectError(
        'INVARIANT_BROKEN',
        `The route ${context.getHandler().name} states no scope.`,
      );
    }
    return true;
  }
}
