import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { FindingsModule } from '../findings/findings.module';
import { ReportsModule } from '../reports/reports.module';
import { ScansModule } from '../scans/scans.module';
import { TriageModule } from '../triage/triage.module';
import { VerdictsModule } from '../triage/verdicts.module';
import { ClaimedFindingsService } from './claimed-findings.service';
import { ProposalDecisions } from './proposal-decisions.service';
import { ProposalLists } from './proposal-lists.service';
import { ProposalWriter } from './proposal-writer.service';
import { VerdictProposalsController } from './verdict-proposals.controller';
import { VerdictProposals } from './verdict-proposals.repository';
import { VexDocumentsController } from './vex-documents.controller';
import { VexDocumentsService } from './vex-documents.service';
import { VexReceipts } from './vex-receipts.service';

/** What is said about known vulnerabilities, to others and by them. */
@Module({
  imports: [AuditModule, FindingsModule, ReportsModule, ScansModule, TriageModule, VerdictsModule],
  controllers: [VexDocumentsController, VerdictProposalsController],
  providers: [
    VexDocumentsService,
    ClaimedFindingsService,
    VerdictProposals,
    VexReceipts,
    ProposalLists,
    ProposalWriter,
    ProposalDecisions,
  ],
})
export class VexModule {}
