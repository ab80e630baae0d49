import { Entity, ForeignKey } from 'typeorm';
import { IntegerColumn, KeyColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/**
 * How many active findings of a scanner are about a control, for every scan: written with the findings, so that nobody has to walk
 * them later. Like them it counts once the scan's status says `completed`.
 */
@Entity('scan_controls', { withoutRowid: true })
export class ScanControlEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_scan_controls_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  /** As findings carry it. */
  @KeyColumn('tag')
  tag!: string;

  @KeyColumn('scanner')
  scanner!: string;

  @IntegerColumn('findings')
  findings!: number;
}
