import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DefectError } from '@securescan/core';
import { ROUTE_ACCESS_KEY, type RouteAccess } from './scope.decorator';

/** Keeps a route that states no scope shut. Whether the caller holds it has been decided before the body was read. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.get<RouteAccess | undefined>(
      ROUTE_ACCESS_KEY,
      context.getHandler(),
    );
    if (access === undefined) {
      throw new DefectError(
        'INVARIANT_BROKEN',
        `The route ${context.getHandler().name} states no scope.`,
      );
    }
    return true;
  }
}
