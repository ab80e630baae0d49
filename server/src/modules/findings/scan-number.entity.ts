import { Entity, ForeignKey, Index } from 'typeorm';
import { SequenceKeyColumn, TextColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** Findings that a scan has room for; their numbers begin at so many times the scan's own. */
export const NUMBERS_OF_A_SCAN = 2 ** 24;

/** The number that a scan's findings are numbered by, given with the first of them: the higher, the newer. */
@Entity('scan_numbers')
@Index('idx_scan_numbers_scan', ['scanId'], { unique: true })
export class ScanNumberEntity {
  @SequenceKeyColumn('number')
  number!: number;

  @ForeignKey(() => ScanEntity, { name: 'fk_scan_numbers_scan', onDelete: 'CASCADE' })
  @TextColumn('scan_id')
  scanId!: string;
}
