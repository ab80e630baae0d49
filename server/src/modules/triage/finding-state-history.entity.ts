import type { Verdict, VerdictChangeCause, VerdictReason } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { SequenceKeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

/**
 * Every change of a verdict, append-only: triggers refuse all else (see the migration). Each row carries the hash of the one
 * before. Its only foreign key restricts, since a row here must outlive whatever it speaks of.
 */
@Entity('finding_state_history')
@Index('idx_finding_state_history_fingerprint', ['fingerprint', 'seq'])
@Index('idx_finding_state_history_changed', ['cause', 'changedAt', 'seq'])
export class FindingStateHistoryEntity {
  @SequenceKeyColumn('seq')
  seq!: number;

  @TextColumn('fingerprint')
  fingerprint!: string;

  /** Null where the verdict holds everywhere. */
  @TextColumn('project', { nullable: true })
  project!: string | null;

  @TextColumn('cause')
  cause!: VerdictChangeCause;

  @TextColumn('from_status', { nullable: true })
  fromStatus!: Verdict | null;

  @TextColumn('to_status', { nullable: true })
  toStatus!: Verdict | null;

  @TextColumn('note', { nullable: true })
  note!: string | null;

  @TimestampColumn('expires_at', { nullable: true })
  expiresAt!: string | null;

  @TimestampColumn('changed_at')
  changedAt!: string;

  @TextColumn('changed_by', { nullable: true })
  changedBy!: string | null;

  @ForeignKey(() => PrincipalEntity, {
    name: 'fk_finding_state_history_principal',
    onDelete: 'RESTRICT',
  })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  @TextColumn('previous_hash')
  previousHash!: string;

  @TextColumn('hash')
  hash!: string;

  @TextColumn('reason', { nullable: true })
  reason!: VerdictReason | null;

  @TextColumn('assignee', { nullable: true })
  assignee!: string | null;
}
