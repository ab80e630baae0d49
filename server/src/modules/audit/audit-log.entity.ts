import type { JsonObject } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { JsonColumn, SequenceKeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

/**
 * Who did what, append-only: triggers refuse all else (see the migration). Each row carries the hash of the one before. Its
 * only foreign key restricts, since a row here must outlive whatever it speaks of.
 */
@Entity('audit_log')
@Index('idx_audit_log_occurred', ['occurredAt'])
@Index('idx_audit_log_subject', ['subjectId', 'occurredAt'])
@Index('idx_audit_log_principal', ['principalId', 'occurredAt'])
@Index('idx_audit_log_actor', ['actor', 'occurredAt'])
@Index('idx_audit_log_action', ['action', 'occurredAt'])
@Index('idx_audit_log_subject_type', ['subjectType', 'occurredAt'])
export class AuditLogEntity {
  @SequenceKeyColumn('seq')
  seq!: number;

  @TimestampColumn('occurred_at')
  occurredAt!: string;

  @TextColumn('action')
  action!: string;

  @ForeignKey(() => PrincipalEntity, { name: 'fk_audit_log_principal', onDelete: 'RESTRICT' })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  /** The name to show; who it was is `principalId`. */
  @TextColumn('actor', { nullable: true })
  actor!: string | null;

  @TextColumn('subject_type')
  subjectType!: string;

  @TextColumn('subject_id', { nullable: true })
  subjectId!: string | null;

  @JsonColumn('details_json')
  details!: JsonObject;

  @TextColumn('request_id', { nullable: true })
  requestId!: string | null;

  @TextColumn('remote_address', { nullable: true })
  remoteAddress!: string | null;

  @TextColumn('previous_hash')
  previousHash!: string;

  @TextColumn('hash')
  hash!: string;
}
