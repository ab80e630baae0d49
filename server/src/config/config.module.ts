import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { ServerConfig } from './config-loader';
import { AiConfig } from './ai.config';
import { AuthConfig } from './auth.config';
import { AuditConfig } from './audit.config';
import { ComplianceConfig } from './compliance.config';
import { DatabaseConfig } from './database.config';
import { HttpConfig } from './http.config';
import { LogConfig } from './log.config';
import { NotificationsConfig } from './notifications.config';
import { RateLimitConfig } from './rate-limit.config';
import { ScanConfig } from './scan.config';
import { ScannersConfig } from './scanners.config';
import { SsoConfig } from './sso.config';
import { TimeConfig } from './time.config';
import { ToolsConfig } from './tools.config';
import { WebhooksConfig } from './webhooks.config';

/** Gives every part of the server its own topic of the configuration, by class. */
@Module({})
export class ConfigModule {
  static forRoot(config: ServerConfig): DynamicModule {
    const providers = [
      { provide: HttpConfig, useValue: config.http },
      { provide: AuthConfig, useValue: config.auth },
      { provide: SsoConfig, useValue: config.sso },
      { provide: RateLimitConfig, useValue: config.rateLimit },
      { provide: DatabaseConfig, useValue: config.database },
      { provide: ScanConfig, useValue: config.scan },
      { provide: ScannersConfig, useValue: config.scanners },
      { provide: LogConfig, useValue: config.log },
      { provide: TimeConfig, useValue: config.time },
      { provide: ToolsConfig, useValue: config.tools },
      { provide: AuditConfig, useValue: config.audit },
      { provide: AiConfig, useValue: config.ai },
      { provide: NotificationsConfig, useValue: config.notifications },
      { provide: ComplianceConfig, useValue: config.compliance },
      { provide: WebhooksConfig, useValue: config.webhooks },
    ];
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
