import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DomainEvents } from './domain-events';
import { subscriptionsOf } from './on-domain-event';

/** Finds the decorated methods of all providers at start and registers them. */
@Injectable()
export class DomainEventExplorer implements OnModuleInit {
  private readonly scanner = new MetadataScanner();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly events: DomainEvents,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      const provider: unknown = instance;
      if (typeof provider === 'object' && provider !== null) {
        this.registerMethodsOf(provider);
      }
    }
  }

  private registerMethodsOf(provider: object): void {
    const prototype: unknown = Object.getPrototypeOf(provider);
    if (typeof prototype !== 'object' || prototype === null) {
      return;
    }
    for (const name of this.scanner.getAllMethodNames(prototype)) {
      const method: unknown = Reflect.get(provider, name);
      if (typeof method === 'function') {
        for (const subscription of subscriptionsOf(method)) {
          this.events.register(subscription, (payload, tx) =>
            Reflect.apply(method, provider, [payload, tx]),
          );
        }
      }
    }
  }
}
