import { Module } from '@nestjs/common';
import { VerdictsRepository } from './verdicts.repository';
import { VerdictsService } from './verdicts.service';

@Module({ providers: [VerdictsRepository, VerdictsService], exports: [VerdictsService] })
export class TriageModule {}
