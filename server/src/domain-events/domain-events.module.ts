import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DatabaseShutdown } from './database-shutdown';
import { DomainEventExplorer } from './domain-event-explorer';
import { DomainEvents } from './domain-events';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  imports: [
    DiscoveryModule,
    EventEmitterModule.forRoot({ wildcard: false, ignoreErrors: false, maxListeners: 0 }),
  ],
  providers: [DomainEvents, DomainEventExplorer, UnitOfWork, DatabaseShutdown],
  exports: [UnitOfWork],
})
export class DomainEventsModule {}
