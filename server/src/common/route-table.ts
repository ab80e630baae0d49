import { Injectable } from '@nestjs/common';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
  /** Without parameters: the router prefers it to any other that matches. */
  readonly isPlain: boolean;
}

function patternOf(url: string): RegExp {
  const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+');
  return new RegExp(`^${escaped}/?$`);
}

/** Which methods an address has, so that a wrong one is answered 405 with `Allow` and not 404. */
@Injectable()
export class RouteTable {
  private readonly routes = new Map<string, KnownRoute>();

  /** Called for each route as the framework registers it. */
  add(url: string, methods: string | readonly string[]): void {
    const route = this.routes.get(url) ?? {
      pattern: patternOf(url),
      methods: new Set<string>(),
      isPlain: !url.includes(':'),
    };
    for (const method of typeof methods === 'string' ? [methods] : methods)
      route.methods.add(method);
    this.routes.set(url, route);
  }

  /** Methods that exist at this path, sorted; empty where the path itself is unknown. */
  methodsAt(path: string): string[] {
    const matching = [...this.routes.values()].filter(({ pattern }) => pattern.test(path));
    const plain = matching.filter(({ isPlain }) => isPlain);
    const meant = plain.length > 0 ? plain : matching;
    return [...new Set(meant.flatMap(({ methods }) => [...methods]))].sort((a, b) =>
      a < b ? -1 : 1,
    );
  }
}
