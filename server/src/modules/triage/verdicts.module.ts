import { Module } from '@nestjs/common';
import { FindingAliases } from './finding-aliases.repository';
import { VerdictsRepository } from './verdicts.repository';
import { VerdictsService } from './verdicts.service';

/** What verdicts there are, for lists of findings. */
@Module({
  providers: [FindingAliases, VerdictsRepository, VerdictsService],
  exports: [FindingAliases, VerdictsRepository, VerdictsService],
})
export class VerdictsModule {}
