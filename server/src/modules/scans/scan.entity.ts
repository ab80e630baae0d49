import type {
  ScanImportBody,
  ScanOrigin,
  ScanStatus,
  ScanType,
  SuppressionNoticeBody,
} from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IntegerColumn,
  JsonColumn,
  KeyColumn,
  RealColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

/** What the caller asked for beyond target and types, as the scan's job needs it. */
export interface StoredScanOptions {
  readonly semgrepRules: readonly string[];
  /** Asked for by name; `null` where all of the types run. */
  readonly scanners: readonly string[] | null;
  /** Left out where they are off. */
  readonly active?: boolean;
  readonly history?: boolean;
  readonly hostProbes?: boolean;
  readonly ai?: boolean;
}

/**
 * One run. Its findings are written while it is `running` and count only once the status says `completed`, so that the
 * flip of the status is what makes them visible. A set `hiddenAt` means that it was deleted and its rows are on their way out.
 */
@Entity('scans')
@Index('idx_scans_created', ['createdAt', 'id'])
@Index('idx_scans_findings', ['findingsCount', 'createdAt', 'id'])
@Index('idx_scans_risk', ['riskScore', 'createdAt', 'id'])
@Index('idx_scans_status', ['status', 'createdAt', 'id', 'hiddenAt'])
@Index('idx_scans_completed', ['status', 'completedAt', 'id'])
@Index('idx_scans_project', ['project', 'createdAt', 'id'])
@Index('idx_scans_project_status', ['project', 'status', 'createdAt', 'id'])
export class ScanEntity {
  @KeyColumn('id')
  id!: string;

  /** An import closes nothing of what scanners of ours found: who asks what is still there leaves it out. */
  @TextColumn('origin', { default: 'scan' })
  origin!: ScanOrigin;

  /** What the document said of itself; `null` but for imports. */
  @JsonColumn('import_json', { nullable: true })
  imported!: ScanImportBody | null;

  @TextColumn('project')
  project!: string;

  @TextColumn('target_path', { nullable: true })
  targetPath!: string | null;

  /** What documents call the target: relative to the root of its project. `null` for what is no tree, and for older scans. */
  @TextColumn('target_in_project', { nullable: true })
  targetInProject!: string | null;

  @TextColumn('target_url', { nullable: true })
  targetUrl!: string | null;

  @TextColumn('target_host', { nullable: true })
  targetHost!: string | null;

  @JsonColumn('scan_types')
  scanTypes!: ScanType[];

  @JsonColumn('options_json')
  options!: StoredScanOptions;

  @TextColumn('status')
  status!: ScanStatus;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('started_at', { nullable: true })
  startedAt!: string | null;

  /** When it really began: `startedAt` is a time for documents, which may be pinned. `null` where it is older than the column. */
  @TimestampColumn('begun_at', { nullable: true })
  begunAt!: string | null;

  @TimestampColumn('completed_at', { nullable: true })
  completedAt!: string | null;

  @TimestampColumn('hidden_at', { nullable: true })
  hiddenAt!: string | null;

  @ForeignKey(() => PrincipalEntity, { name: 'fk_scans_principal', onDelete: 'SET NULL' })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  @IntegerColumn('findings_count')
  findingsCount!: number;

  /** Listed, but in none of the counts. */
  @IntegerColumn('suppressed_count', { default: 0 })
  suppressedCount!: number;

  @IntegerColumn('critical_count')
  criticalCount!: number;

  @IntegerColumn('high_count')
  highCount!: number;

  @IntegerColumn('medium_count')
  mediumCount!: number;

  @IntegerColumn('low_count')
  lowCount!: number;

  @IntegerColumn('info_count')
  infoCount!: number;

  @RealColumn('risk_score', { nullable: true })
  riskScore!: number | null;

  @TextColumn('summary', { nullable: true })
  summary!: string | null;

  @TextColumn('error', { nullable: true })
  error!: string | null;

  /** The first of them; `null` for none, and where the scan is older than the column. */
  @JsonColumn('notices_json', { nullable: true })
  notices!: SuppressionNoticeBody[] | null;

  @IntegerColumn('notices_count', { default: 0 })
  noticesCount!: number;
}
