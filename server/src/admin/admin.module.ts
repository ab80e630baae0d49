import { type DynamicModule, Module } from '@nestjs/common';
import type { ServerConfig } from '../config/config-loader';
import { ConfigModule } from '../config/config.module';
import { DatabaseModule } from '../database/database.module';
import { DomainEventsModule } from '../domain-events/domain-events.module';
import { ApiKeysModule } from '../modules/api-keys/api-keys.module';
import { InstanceModule } from '../modules/instance/instance.module';
import { PlatformModule } from '../platform/platform.module';

/** What commands need that change the database of a stopped server. */
@Module({})
export class AdminModule {
  static forRoot(config: ServerConfig): DynamicModule {
    return {
      module: AdminModule,
      imports: [
        ConfigModule.forRoot(config),
        PlatformModule,
        DatabaseModule,
        DomainEventsModule,
        InstanceModule,
        ApiKeysModule,
      ],
    };
  }
}
