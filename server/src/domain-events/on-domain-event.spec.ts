import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigModule } from '../config/config.module';
import { loadConfig } from '../config/config-loader';
import { DatabaseModule } from '../database/database.module';
import { PlatformModule } from '../platform/platform.module';
import type { DomainEventMap } from './domain-event-map';
import { DomainEventsModule } from './domain-events.module';
import { OnDomainEvent } from './on-domain-event';
import { UnitOfWork } from './unit-of-work';
import type { Transaction } from './unit-of-work';

@Injectable()
class Relay {
  readonly heard: string[] = [];

  @OnDomainEvent('scan.queued', { when: 'in-transaction' })
  async store({ scanId }: DomainEventMap['scan.queued'], tx: Transaction): Promise<void> {
    await tx.manager.query('SELECT 1');
    this.heard.push(`stored ${scanId}`);
  }

  @OnDomainEvent('scan.queued', { when: 'after-commit' })
  @OnDomainEvent('scan.cancelled', { when: 'after-commit' })
  tell({ scanId }: { readonly scanId: string }): void {
    this.heard.push(`told ${scanId}`);
  }
}

/** Publishes as early as anyone can. */
@Injectable()
class EarlyPublisher implements OnModuleInit {
  constructor(private readonly units: UnitOfWork) {}

  async onModuleInit(): Promise<void> {
    await this.units.run((tx) => tx.publish('scan.queued', { scanId: 'early' }));
  }
}

@Module({ providers: [Relay, EarlyPublisher] })
class FeatureModule {}

jest.setTimeout(30_000);

describe('@OnDomainEvent', () => {
  it('connects the methods of providers before any module may publish', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'securescan-events-'));
    const config = loadConfig({ SECURESCAN_DB_PATH: join(directory, 'scans.db') });
    const testing = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(config),
        PlatformModule,
        DatabaseModule,
        DomainEventsModule,
        FeatureModule,
      ],
    }).compile();
    const app = await testing.init();

    await app.get(UnitOfWork).run((tx) => tx.publish('scan.cancelled', { scanId: 'later' }));
    const { heard } = app.get(Relay);
    await app.close();
    await rm(directory, { recursive: true });

    expect(heard).toEqual(['stored early', 'told early', 'told later']);
  });

  it('compiles only for handlers that take the payload of their event', () => {
    class Wrong {
      // @ts-expect-error the payload of scan.failed has no exit code
      @OnDomainEvent('scan.failed', { when: 'after-commit' })
      failed(payload: { readonly exitCode: number }): void {
        this.failed(payload);
      }

      // @ts-expect-error nobody gets a transaction after the commit
      @OnDomainEvent('scan.cancelled', { when: 'after-commit' })
      cancelled(payload: { readonly scanId: string }, tx: Transaction): void {
        this.cancelled(payload, tx);
      }

      // @ts-expect-error within the transaction a handler must be awaited
      @OnDomainEvent('scan.cancelled', { when: 'in-transaction' })
      notAwaited(payload: { readonly scanId: string }): void {
        this.notAwaited(payload);
      }

      // @ts-expect-error there is no such event
      @OnDomainEvent('scan.exploded', { when: 'after-commit' })
      exploded(): void {
        this.exploded();
      }
    }

    expect(Wrong).toBeDefined();
  });
});
