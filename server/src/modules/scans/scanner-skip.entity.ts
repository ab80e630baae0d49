import { Entity, ForeignKey } from 'typeorm';
import { KeyColumn, TextColumn } from '../../database/columns';
import { ScanEntity } from './scan.entity';

/** A selected scanner that could not run, for lists that need nothing else of the outcomes. */
@Entity('scanner_skips')
export class ScannerSkipEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_scanner_skips_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  @KeyColumn('name')
  name!: string;

  @TextColumn('reason')
  reason!: string;

  @TextColumn('install_hint', { nullable: true })
  installHint!: string | null;
}
