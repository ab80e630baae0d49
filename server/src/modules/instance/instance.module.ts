import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { AccessMode } from './access-mode.service';
import { InstanceSettings } from './instance-settings.service';

@Module({
  imports: [AuditModule],
  providers: [AccessMode, InstanceSettings],
  exports: [AccessMode, InstanceSettings],
})
export class InstanceModule {}
