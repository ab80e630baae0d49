import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { PrincipalsModule } from '../auth/principals.module';
import { Authors } from './authors.service';
import { KnownFindings } from './known-findings.repository';
import { TriageController } from './triage.controller';
import { VerdictChanges } from './verdict-changes';
import { VerdictCommands } from './verdict-commands.service';
import { VerdictHistory } from './verdict-history.repository';
import { VerdictLookup } from './verdict-lookup.service';
import { VerdictsModule } from './verdicts.module';

/** What people do to findings. */
@Module({
  imports: [AuditModule, PrincipalsModule, VerdictsModule],
  controllers: [TriageController],
  providers: [
    Authors,
    KnownFindings,
    VerdictHistory,
    VerdictChanges,
    VerdictCommands,
    VerdictLookup,
  ],
})
export class TriageModule {}
