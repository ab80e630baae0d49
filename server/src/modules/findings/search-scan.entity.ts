import { Entity, Index } from 'typeorm';
import { SequenceKeyColumn, TextColumn } from '../../database/columns';

/** The number that a scan has in the full-text index: the higher, the newer. Written by triggers. */
@Entity('search_scans')
@Index('idx_search_scans_scan', ['scanId'], { unique: true })
export class SearchScanEntity {
  @SequenceKeyColumn('number')
  number!: number;

  @TextColumn('scan_id')
  scanId!: string;
}
