import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { PrincipalsModule } from '../auth/principals.module';
import { Authors } from './authors.service';
import { FindingsModule } from '../findings/findings.module';
import { ScansModule } from '../scans/scans.module';
import { BulkDecisions } from './bulk-decisions.service';
import { BulkSelections } from './bulk-selection.service';
import { CommentCommands } from './comment-commands.service';
import { ExpirySchedule } from './expiry-schedule';
import { VerdictExpiry } from './verdict-expiry.service';
import { FindingCommentsController } from './finding-comments.controller';
import { FindingComments } from './finding-comments.repository';
import { CommentsService } from './finding-comments.service';
import { FindingOverviewController } from './finding-overview.controller';
import { FindingOverviews } from './finding-overview.service';
import { FindingPlaces } from './finding-places.repository';
import { KnownFindings } from './known-findings.repository';
import { RegressionSearches } from './regression-searches.repository';
import { RegressionWatch } from './regression-watch';
import { Regressions } from './regressions.service';
import { TriageController } from './triage.controller';
import { VerdictChanges } from './verdict-changes';
import { VerdictCommands } from './verdict-commands.service';
import { VerdictHistory } from './verdict-history.repository';
import { VerdictLookup } from './verdict-lookup.service';
import { VerdictsModule } from './verdicts.module';

/** What people do to findings. */
@Module({
  imports: [AuditModule, PrincipalsModule, FindingsModule, ScansModule, VerdictsModule],
  controllers: [TriageController, FindingCommentsController, FindingOverviewController],
  providers: [
    Authors,
    KnownFindings,
    VerdictHistory,
    VerdictChanges,
    VerdictCommands,
    VerdictLookup,
    BulkSelections,
    BulkDecisions,
    FindingComments,
    CommentsService,
    CommentCommands,
    FindingPlaces,
    FindingOverviews,
    VerdictExpiry,
    ExpirySchedule,
    RegressionSearches,
    Regressions,
    RegressionWatch,
  ],
})
export class TriageModule {}
