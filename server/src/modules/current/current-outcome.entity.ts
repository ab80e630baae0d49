import type { ScanType } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn, TextColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';
import { TargetEntity } from './target.entity';

/** The latest scan of a target in which a scanner completed: what that one says of the target counts now. */
@Entity('current_outcomes', { withoutRowid: true })
@Index('idx_current_outcomes_scan', ['scanId'])
export class CurrentOutcomeEntity {
  @ForeignKey(() => TargetEntity, { name: 'fk_current_outcomes_target', onDelete: 'CASCADE' })
  @KeyColumn('target_id')
  targetId!: string;

  @KeyColumn('scanner')
  scanner!: string;

  @TextColumn('scan_type')
  scanType!: ScanType;

  @ForeignKey(() => ScanEntity, { name: 'fk_current_outcomes_scan', onDelete: 'CASCADE' })
  @TextColumn('scan_id')
  scanId!: string;
}
