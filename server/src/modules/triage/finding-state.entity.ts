import type { Verdict, VerdictChangeCause, VerdictReason } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

/** The verdict on a fingerprint that holds everywhere. It outlives every scan. */
@Entity('finding_states')
@Index('idx_finding_states_expiry', ['expiresAt'])
@Index('idx_finding_states_status', ['status', 'fingerprint', 'expiresAt'])
export class FindingStateEntity {
  @KeyColumn('fingerprint')
  fingerprint!: string;

  @TextColumn('status')
  status!: Verdict;

  @TextColumn('note', { nullable: true })
  note!: string | null;

  @TimestampColumn('expires_at', { nullable: true })
  expiresAt!: string | null;

  @TimestampColumn('updated_at')
  updatedAt!: string;

  /** The name to show; who it was is `principalId`. */
  @TextColumn('updated_by', { nullable: true })
  updatedBy!: string | null;

  @ForeignKey(() => PrincipalEntity, { name: 'fk_finding_states_principal', onDelete: 'SET NULL' })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  @TextColumn('reason', { nullable: true })
  reason!: VerdictReason | null;

  @TextColumn('assignee', { nullable: true })
  assignee!: string | null;

  /** Of its last change, which is what a `new` may have come from. */
  @TextColumn('cause', { default: 'decision' })
  cause!: VerdictChangeCause;
}
