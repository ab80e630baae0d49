import type { ScanType } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';
import { TargetEntity } from './target.entity';

/** What a scan looked at with scanners of one type. The later asked for, the newer; imports have none. */
@Entity('target_scans', { withoutRowid: true })
@Index('idx_target_scans_latest', ['targetId', 'createdAt', 'scanId'])
@Index('idx_target_scans_scan', ['scanId'])
export class TargetScanEntity {
  @ForeignKey(() => TargetEntity, { name: 'fk_target_scans_target', onDelete: 'CASCADE' })
  @KeyColumn('target_id')
  targetId!: string;

  @KeyColumn('scan_type')
  scanType!: ScanType;

  @KeyColumn('created_at')
  createdAt!: string;

  @ForeignKey(() => ScanEntity, { name: 'fk_target_scans_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;
}
