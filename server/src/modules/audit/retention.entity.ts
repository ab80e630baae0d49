import { Check, Entity } from 'typeorm';
import {
  IntegerColumn,
  SequenceKeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';

/** What stands before the first link of a chain. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * One row, which the triggers of the append-only tables read. An age of null keeps rows for good. The anchors are the last
 * sequence number and hash that retention removes: a check of a chain begins there, and only rows up to there may go.
 */
@Entity('retention')
@Check('chk_retention_one_row', '"id" = 1')
@Check('chk_retention_audit_days', '"audit_days" IS NULL OR "audit_days" >= 1')
@Check('chk_retention_history_days', '"history_days" IS NULL OR "history_days" >= 1')
export class RetentionEntity {
  @SequenceKeyColumn('id')
  id!: number;

  @IntegerColumn('audit_days', { nullable: true })
  auditDays!: number | null;

  @IntegerColumn('audit_anchor_seq')
  auditAnchorSeq!: number;

  @TextColumn('audit_anchor_hash')
  auditAnchorHash!: string;

  @IntegerColumn('history_days', { nullable: true })
  historyDays!: number | null;

  @IntegerColumn('history_anchor_seq')
  historyAnchorSeq!: number;

  @TextColumn('history_anchor_hash')
  historyAnchorHash!: string;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
