import type { Severity } from '@securescan/contracts';
import { Entity, ForeignKey } from 'typeorm';
import { IntegerColumn, KeyColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** How many active findings of a severity a completed scan lists under a scanner; no row for none. */
@Entity('scan_counts', { withoutRowid: true })
export class ScanCountEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_scan_counts_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  @KeyColumn('scanner')
  scanner!: string;

  @KeyColumn('severity')
  severity!: Severity;

  @IntegerColumn('findings_count')
  findingsCount!: number;
}
