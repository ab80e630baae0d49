import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { InstanceModule } from '../instance/instance.module';
import { OperatorOrders } from './operator-orders.service';
import { ReachableHosts } from './reachable-hosts.service';
import { ScanEngine } from './scan-engine.service';
import { ScannerInstallService } from './scanner-install.service';
import { ScannerStatusService } from './scanner-status.service';
import { ScannersController } from './scanners.controller';

@Module({
  imports: [AuditModule, InstanceModule],
  controllers: [ScannersController],
  providers: [
    ScanEngine,
    OperatorOrders,
    ReachableHosts,
    ScannerInstallService,
    ScannerStatusService,
  ],
  exports: [ScanEngine],
})
export class ScannersModule {}
