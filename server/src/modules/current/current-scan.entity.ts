import { Entity, ForeignKey, Index } from 'typeorm';
import { SequenceKeyColumn, TextColumn } from '../../database/columns';
import { NUMBERS_OF_A_SCAN } from '../findings/scan-number.entity';
import { ScanEntity } from '../scans/scan.entity';

/** Above every scan's number, and small enough that places are exact numbers. */
const NEWEST_RANK_BASE = 2 ** 28;

/** A scan that some target's state is made of. The newer its number, the lower its rank. */
@Entity('current_scans')
@Index('idx_current_scans_scan', ['scanId'], { unique: true })
export class CurrentScanEntity {
  @SequenceKeyColumn('rank')
  rank!: number;

  @ForeignKey(() => ScanEntity, { name: 'fk_current_scans_scan', onDelete: 'CASCADE' })
  @TextColumn('scan_id')
  scanId!: string;
}

/** The rank of a scan by its number, and the other way round. */
export function rankOf(scanNumber: number): number {
  return NEWEST_RANK_BASE - scanNumber;
}

/**
 * Where a finding stands among those of all scans: newest scan first, within one in canonical order. As a position is to a
 * scan's findings, so is a place to all.
 */
export function placeOf(rank: number, position: number): number {
  return rank * NUMBERS_OF_A_SCAN + position;
}

/** Of the scan whose finding it is. */
export function rankAt(place: number): number {
  return Math.floor(place / NUMBERS_OF_A_SCAN);
}

/** What is `findings.number` of the finding at a place. */
export function numberAt(place: number): number {
  const rank = rankAt(place);
  return rankOf(rank) * NUMBERS_OF_A_SCAN + (place - placeOf(rank, 0));
}
