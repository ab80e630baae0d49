import { Module } from '@nestjs/common';
import { VerdictsRepository } from './verdicts.repository';
import { VerdictsService } from './verdicts.service';

/** What verdicts there are, for lists of findings. */
@Module({
  providers: [VerdictsRepository, VerdictsService],
  exports: [VerdictsRepository, VerdictsService],
})
export class VerdictsModule {}
