import type { OutcomeStatus, ScanType, SkippedFilesBody } from '@securescan/contracts';
import { Entity, ForeignKey } from 'typeorm';
import { IntegerColumn, JsonColumn, KeyColumn, TextColumn } from '../../database/columns';
import { ScanEntity } from './scan.entity';

/** How one scanner's part of a scan ended. `position` is the registry's order. */
@Entity('scanner_outcomes')
export class ScannerOutcomeEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_scanner_outcomes_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  @KeyColumn('scanner')
  scanner!: string;

  @IntegerColumn('position')
  position!: number;

  @TextColumn('scan_type')
  scanType!: ScanType;

  @TextColumn('status')
  status!: OutcomeStatus;

  @TextColumn('reason', { nullable: true })
  reason!: string | null;

  @TextColumn('install_hint', { nullable: true })
  installHint!: string | null;

  @TextColumn('version', { nullable: true })
  version!: string | null;

  @TextColumn('rule_pack_digest', { nullable: true })
  rulePackDigest!: string | null;

  @IntegerColumn('duration_ms')
  durationMs!: number;

  @IntegerColumn('exit_code', { nullable: true })
  exitCode!: number | null;

  @IntegerColumn('files_assessed', { nullable: true })
  filesAssessed!: number | null;

  @JsonColumn('files_skipped_json', { nullable: true })
  filesSkipped!: SkippedFilesBody[];

  @IntegerColumn('bytes_assessed', { nullable: true })
  bytesAssessed!: number | null;

  @IntegerColumn('findings_count')
  findingsCount!: number;

  @JsonColumn('notes_json')
  notes!: string[];

  @TextColumn('stderr_tail', { nullable: true })
  stderrTail!: string | null;
}
