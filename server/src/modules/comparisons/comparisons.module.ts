import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module';
import { ReportsModule } from '../reports/reports.module';
import { ScansModule } from '../scans/scans.module';
import { ComparedScansService } from './compared-scans.service';
import { ComparisonReportsService } from './comparison-reports.service';
import { ComparisonsController } from './comparisons.controller';
import { ComparisonsService } from './comparisons.service';

@Module({
  imports: [FindingsModule, ReportsModule, ScansModule],
  controllers: [ComparisonsController],
  providers: [ComparedScansService, ComparisonReportsService, ComparisonsService],
})
export class ComparisonsModule {}
