import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { FrameworksModule } from '../compliance/frameworks.module';
import { InstanceModule } from '../instance/instance.module';
import { ScanEngine } from './scan-engine.service';
import { ScannerInstallService } from './scanner-install.service';
import { ScannerStatusService } from './scanner-status.service';
import { ScannersController } from './scanners.controller';

@Module({
  imports: [AuditModule, FrameworksModule, InstanceModule],
  controllers: [ScannersController],
  providers: [ScanEngine, ScannerInstallService, ScannerStatusService],
  exports: [ScanEngine],
})
export class ScannersModule {}
