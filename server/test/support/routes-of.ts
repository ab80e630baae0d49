import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE_ACCESS_KEY, type RouteAccess } from '../../src/common/scope.decorator';

export interface DeclaredRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its parameters as `:name`. */
  readonly path: string;
  readonly handler: string;
  readonly access: RouteAccess | undefined;
}

function textOf(target: object, key: string): string {
  const value: unknown = Reflect.getMetadata(key, target);
  return typeof value === 'string' ? value : '';
}

/** Every route that a controller of the application declares. */
export function routesOf(app: INestApplication): DeclaredRoute[] {
  const controllers = app.get(DiscoveryService).getControllers();
  return controllers.flatMap(({ metatype, name }) => {
    if (metatype === null) return [];
    const prefix = textOf(metatype, PATH_METADATA);
    const prototype = metatype.prototype as object;
    return new MetadataScanner()
      .getAllMethodNames(prototype)
      .map((method) => [method, Reflect.get(prototype, method) as object] as const)
      .filter(([, handler]) => Reflect.hasMetadata(METHOD_METADATA, handler))
      .map(([method, handler]) => ({
        method: RequestMethod[
          Reflect.getMetadata(METHOD_METADATA, handler) as number
        ] as DeclaredRoute['method'],
        path: `/${[prefix, textOf(handler, PATH_METADATA)].join('/')}`
          .replace(/\/{2,}/g, '/')
          .replace(/(?<=.)\/$/, ''),
        handler: `${name}.${method}`,
        access: Reflect.getMetadata(ROUTE_ACCESS_KEY, handler) as RouteAccess | undefined,
      }));
  });
}
