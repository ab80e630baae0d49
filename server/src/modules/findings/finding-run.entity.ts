import { Entity, ForeignKey } from 'typeorm';
import { IntegerColumn, KeyColumn, SequenceKeyColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** Fields that a list of findings may be narrowed by. A finding may have several values of one, or none. */
export const VALUE_FILTERS = [
  'severity',
  'scan_type',
  'scanner',
  'rule_id',
  'cwe',
  'compliance',
  'suppressed',
] as const;

/** Beside those, the scanners whose reports were merged into a finding that is listed under another one. */
export const RUN_FIELDS = [...VALUE_FILTERS, 'also_reported_by'] as const;
export type RunField = (typeof RUN_FIELDS)[number];

/**
 * Neighbours of one scan's canonical order that share a value: which positions have it, as first and last. That order keeps
 * severity, scanner and rule together, so there are few, however many findings there are.
 */
@Entity('finding_runs', { withoutRowid: true })
export class FindingRunEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_finding_runs_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  @KeyColumn('field')
  field!: RunField;

  @KeyColumn('value')
  value!: string;

  @SequenceKeyColumn('last_position')
  lastPosition!: number;

  @IntegerColumn('first_position')
  firstPosition!: number;
}
