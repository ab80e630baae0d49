import { Module } from '@nestjs/common';
import { VerdictsModule } from '../triage/verdicts.module';
import { FindingsRepository } from './findings.repository';
import { FindingsService } from './findings.service';
import { FindingIndexRepository } from './lists/finding-index.repository';
import { FindingLists } from './lists/finding-lists';
import { FindingSelection } from './lists/finding-selection';
import { ScanNumbersRepository } from './scan-numbers.repository';

@Module({
  imports: [VerdictsModule],
  providers: [
    ScanNumbersRepository,
    FindingsRepository,
    FindingIndexRepository,
    FindingSelection,
    FindingLists,
    FindingsService,
  ],
  exports: [FindingsService, FindingSelection],
})
export class FindingsModule {}
