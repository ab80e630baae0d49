import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module';
import { CurrentFindingsController } from './current-findings.controller';
import { CurrentFindings } from './current-findings.service';
import { CurrentIndexRepository } from './lists/current-index.repository';
import { CurrentRowsRepository } from './lists/current-rows.repository';
import { CurrentSelection } from './lists/current-selection';
import { DecidedFindings } from './lists/decided-findings';
import { CurrentCounts } from './current-counts';
import { CurrentRunsRepository } from './current-runs.repository';
import { CurrentState } from './current-state.service';
import { CurrentTargetsRepository } from './current-targets.repository';
import { ScanRunsRepository } from './scan-runs.repository';
import { ShownFindings } from './shown-findings';
import { StaleTargets } from './stale-targets';
import { TargetsController } from './targets.controller';
import { TargetsRepository } from './targets.repository';
import { Targets } from './targets.service';

/** What is there now, across scans: of every target, what the latest word of each scanner says. */
@Module({
  imports: [FindingsModule],
  controllers: [CurrentFindingsController, TargetsController],
  providers: [
    ScanRunsRepository,
    CurrentTargetsRepository,
    CurrentRunsRepository,
    CurrentCounts,
    ShownFindings,
    CurrentState,
    StaleTargets,
    CurrentIndexRepository,
    CurrentRowsRepository,
    DecidedFindings,
    CurrentSelection,
    CurrentFindings,
    TargetsRepository,
    Targets,
  ],
})
export class CurrentModule {}
