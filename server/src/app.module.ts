import { type DynamicModule, Module } from '@nestjs/common';
import { EdgeModule } from './common/edge.module';
import type { ServerConfig } from './config/config-loader';
import { ConfigModule } from './config/config.module';
import { DatabaseModule } from './database/database.module';
import { DomainEventsModule } from './domain-events/domain-events.module';
import { InstallationModule, type Installation } from './installation.module';
import { AuthModule } from './modules/auth/auth.module';
import { AuditTrailModule } from './modules/audit/audit-trail.module';
import { BrowseModule } from './modules/browse/browse.module';
import { ComparisonsModule } from './modules/comparisons/comparisons.module';
import { CurrentModule } from './modules/current/current.module';
import { ComplianceModule } from './modules/compliance/compliance.module';
import { DashboardModule } from './modules/dashboard/dashboard.module';
import { InsightModule } from './modules/insight/insight.module';
import { LiveModule } from './modules/live/live.module';
import { NotificationsModule } from './modules/notifications/notifications.module';
import { ReportsModule } from './modules/reports/reports.module';
import { SbomModule } from './modules/sbom/sbom.module';
import { ScannersModule } from './modules/scanners/scanners.module';
import { ScansModule } from './modules/scans/scans.module';
import { SystemModule } from './modules/system/system.module';
import { TriageModule } from './modules/triage/triage.module';
import { VexModule } from './modules/vex/vex.module';
import { WebhooksModule } from './modules/webhooks/webhooks.module';
import { HostFilesModule } from './platform/host-files.module';
import { PlatformModule } from './platform/platform.module';

/** Everything that the server is made of. */
@Module({})
export class AppModule {
  static forRoot(config: ServerConfig, installation: Installation): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        InstallationModule.forRoot(installation),
        PlatformModule,
        HostFilesModule,
        DatabaseModule,
        DomainEventsModule,
        EdgeModule,
        AuthModule,
        AuditTrailModule,
        ScannersModule,
        ScansModule,
        TriageModule,
        VexModule,
        ReportsModule,
        SbomModule,
        ComparisonsModule,
        CurrentModule,
        ComplianceModule,
        LiveModule,
        NotificationsModule,
        WebhooksModule,
        BrowseModule,
        DashboardModule,
        InsightModule,
        SystemModule,
      ],
    };
  }
}
