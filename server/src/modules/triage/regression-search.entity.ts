import { Entity, ForeignKey } from 'typeorm';
import { IntegerColumn, KeyColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** A completed scan that has not been looked through for regressions to its end. The row goes when it has. */
@Entity('regression_searches')
export class RegressionSearchEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_regression_searches_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  /** The last position in the scan's canonical order that has been looked at; -1 before the first. */
  @IntegerColumn('after_position')
  after!: number;

  /** How many of its regressions have been told. */
  @IntegerColumn('told')
  told!: number;
}
