import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller';
import { AuditModule } from './audit.module';
import { AuditRepository } from './audit.repository';
import { AuditRetention } from './audit-retention.service';
import { AuditService } from './audit.service';
import { RetentionSchedule } from './retention-schedule';

/** The log as a server keeps and shows it. Whoever only writes into it needs `AuditModule`. */
@Module({
  imports: [AuditModule],
  controllers: [AuditController],
  providers: [AuditRepository, AuditService, AuditRetention, RetentionSchedule],
})
export class AuditTrailModule {}
