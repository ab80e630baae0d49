import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { ScansModule } from '../scans/scans.module';
import { BillsModule } from './bills.module';
import { SbomCommands } from './sbom-commands.service';
import { SbomController } from './sbom.controller';
import { SbomService } from './sbom.service';
import { ScanSbomController } from './scan-sbom.controller';

@Module({
  imports: [AuditModule, BillsModule, ScansModule],
  controllers: [SbomController, ScanSbomController],
  providers: [SbomCommands, SbomService],
  exports: [SbomService],
})
export class SbomModule {}
