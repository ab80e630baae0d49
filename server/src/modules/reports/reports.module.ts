import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module';
import { SbomModule } from '../sbom/sbom.module';
import { ScansModule } from '../scans/scans.module';
import { HeldFindings } from './held-findings';
import { ReportsController } from './reports.controller';
import { ReportsService } from './reports.service';

@Module({
  imports: [FindingsModule, SbomModule, ScansModule],
  controllers: [ReportsController],
  providers: [HeldFindings, ReportsService],
  exports: [HeldFindings],
})
export class ReportsModule {}
