import { Module } from '@nestjs/common';
import { ScansModule } from '../scans/scans.module';
import { ComplianceController } from './compliance.controller';
import { ComplianceRepository } from './compliance.repository';
import { ComplianceService } from './compliance.service';
import { FrameworksModule } from './frameworks.module';
import { StandingService } from './standing.service';

@Module({
  imports: [FrameworksModule, ScansModule],
  controllers: [ComplianceController],
  providers: [ComplianceRepository, StandingService, ComplianceService],
})
export class ComplianceModule {}
