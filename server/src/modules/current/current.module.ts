import { Module } from '@nestjs/common';
import { CurrentCounts } from './current-counts';
import { CurrentRunsRepository } from './current-runs.repository';
import { CurrentState } from './current-state.service';
import { CurrentTargetsRepository } from './current-targets.repository';
import { ScanRunsRepository } from './scan-runs.repository';
import { ShownFindings } from './shown-findings';
import { StaleTargets } from './stale-targets';

/** What is there now, across scans: of every target, what the latest word of each scanner says. */
@Module({
  providers: [
    ScanRunsRepository,
    CurrentTargetsRepository,
    CurrentRunsRepository,
    CurrentCounts,
    ShownFindings,
    CurrentState,
    StaleTargets,
  ],
})
export class CurrentModule {}
