import { Module } from '@nestjs/common';
import { PrincipalsModule } from '../auth/principals.module';
import { AuditLog } from './audit-log.service';

@Module({ imports: [PrincipalsModule], providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
