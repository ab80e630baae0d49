import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module';
import { ScansModule } from '../scans/scans.module';
import { AgesRepository } from './ages.repository';
import { AgesService } from './ages.service';
import { DecidedLivesRepository } from './decided-lives.repository';
import { InsightController } from './insight.controller';
import { InsightScopes } from './insight-scopes.repository';
import { FindingLivesRepository } from './lives/finding-lives.repository';
import { FindingLives } from './lives/finding-lives.service';
import { FindingRoundsRepository } from './lives/finding-rounds.repository';
import { LivesSchedule } from './lives/lives-schedule';
import { OpenFindings } from './open-findings.service';
import { ResponseTimesRepository } from './response-times.repository';
import { ResponseTimesService } from './response-times.service';

/** What becomes of findings over time, and how long people take. */
@Module({
  imports: [FindingsModule, ScansModule],
  controllers: [InsightController],
  providers: [
    FindingRoundsRepository,
    FindingLivesRepository,
    FindingLives,
    LivesSchedule,
    InsightScopes,
    DecidedLivesRepository,
    AgesRepository,
    AgesService,
    OpenFindings,
    ResponseTimesRepository,
    ResponseTimesService,
  ],
  exports: [OpenFindings],
})
export class InsightModule {}
