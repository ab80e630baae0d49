import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Setting, wholeNumber } from './setting';

export class AuditConfig {
  /** Days for which entries of the audit log are kept. Null: for good. */
  @Setting('SECURESCAN_AUDIT_RETENTION_DAYS', wholeNumber)
  @IsOptional()
  @IsInt()
  @Min(30)
  @Max(36_500)
  readonly retentionDays: number | null = null;
}
