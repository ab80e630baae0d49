import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { PrincipalsModule } from '../auth/principals.module';
import { FindingsModule } from '../findings/findings.module';
import { InstanceModule } from '../instance/instance.module';
import { BillsModule } from '../sbom/bills.module';
import { ScannersModule } from '../scanners/scanners.module';
import { ExampleScan } from './example-scan';
import { ScanImportsController } from './scan-imports.controller';
import { ScanImports } from './scan-imports.service';
import { ScanCommands } from './scan-commands.service';
import { ScanDispatch } from './scan-dispatch';
import { ScanLine } from './scan-line';
import { ScanOrchestrator } from './scan-orchestrator';
import { ScanRecorder } from './scan-recorder';
import { ScanRecovery } from './scan-recovery';
import { ScanRemoval } from './scan-removal';
import { ScanRequestPolicy } from './scan-request.policy';
import { ScanResults } from './scan-results';
import { ScanRunProcessor } from './scan-run.processor';
import { ScanRuntime } from './scan-runtime';
import { ScansController } from './scans.controller';
import { ScansRepository } from './scans.repository';
import { ScansService } from './scans.service';
import { TargetPathPolicy } from './target-path.policy';

@Module({
  imports: [
    AuditModule,
    PrincipalsModule,
    FindingsModule,
    InstanceModule,
    BillsModule,
    ScannersModule,
  ],
  controllers: [ScansController, ScanImportsController],
  providers: [
    ScansRepository,
    ScansService,
    ScanCommands,
    ScanDispatch,
    ScanLine,
    ScanRequestPolicy,
    TargetPathPolicy,
    ScanRecorder,
    ScanOrchestrator,
    ScanRunProcessor,
    ScanRemoval,
    ScanRecovery,
    ScanResults,
    ExampleScan,
    ScanRuntime,
    ScanImports,
  ],
  exports: [ScansService, TargetPathPolicy],
})
export class ScansModule {}
