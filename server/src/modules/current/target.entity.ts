import type { TargetKind } from '@securescan/contracts';
import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IntegerColumn,
  KeyColumn,
  RealColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';

/**
 * What scans of one project are about: a place in its tree, a URL, a host, or the server's machine. The counts are of what is
 * there now, written with whatever changes it. A set `isStale` means that somebody wrote outcomes past that: they are counted
 * at the next start.
 */
@Entity('targets')
@Index('idx_targets_place', ['project', 'kind', 'place'], { unique: true })
@Index('idx_targets_risk', ['riskScore', 'id'])
@Index('idx_targets_latest', ['latestAt', 'id'])
@Index('idx_targets_project_risk', ['project', 'riskScore', 'id'])
@Index('idx_targets_project_latest', ['project', 'latestAt', 'id'])
@Index('idx_targets_stale', ['isStale'])
export class TargetEntity {
  @KeyColumn('id')
  id!: string;

  @TextColumn('project')
  project!: string;

  @TextColumn('kind')
  kind!: TargetKind;

  @TextColumn('place')
  place!: string;

  @TextColumn('latest_scan_id')
  latestScanId!: string;

  /** When that one was asked for. */
  @TimestampColumn('latest_at')
  latestAt!: string;

  @IntegerColumn('suppressed_count')
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

  @RealColumn('risk_score')
  riskScore!: number;

  @FlagColumn('is_stale')
  isStale!: boolean;
}
