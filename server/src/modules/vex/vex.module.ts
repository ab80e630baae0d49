import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module';
import { ReportsModule } from '../reports/reports.module';
import { ScansModule } from '../scans/scans.module';
import { VerdictsModule } from '../triage/verdicts.module';
import { VexDocumentsController } from './vex-documents.controller';
import { VexDocumentsService } from './vex-documents.service';

/** What is said about known vulnerabilities, to others and by them. */
@Module({
  imports: [FindingsModule, ReportsModule, ScansModule, VerdictsModule],
  controllers: [VexDocumentsController],
  providers: [VexDocumentsService],
})
export class VexModule {}
