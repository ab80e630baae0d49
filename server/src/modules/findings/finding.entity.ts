import type { FindingAliasBody, JsonObject, ScanType, Severity } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, JsonColumn, SequenceKeyColumn, TextColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/**
 * One finding of one scan. The numbers of a scan's findings follow one another in canonical order, from where its number in
 * `scan_numbers` puts them: a page in that order is a stretch of the table, and so is every chunk of a deletion. A finding's
 * position is its number less that of the first. Filters are answered from `finding_runs`, searches from the full-text index,
 * which triggers keep true: a finding never changes once it is stored.
 */
@Entity('findings')
@Index('idx_findings_file', ['scanId', 'severity', 'filePath'])
@Index('idx_findings_fingerprint', ['fingerprint'])
export class FindingEntity {
  @SequenceKeyColumn('number')
  number!: number;

  @ForeignKey(() => ScanEntity, { name: 'fk_findings_scan', onDelete: 'CASCADE' })
  @TextColumn('scan_id')
  scanId!: string;

  /** Derived from fingerprint and occurrence: the same finding has it in every scan. */
  @TextColumn('id')
  id!: string;

  @TextColumn('fingerprint')
  fingerprint!: string;

  @IntegerColumn('occurrence')
  occurrence!: number;

  @TextColumn('scanner')
  scanner!: string;

  @TextColumn('scan_type')
  scanType!: ScanType;

  @TextColumn('severity')
  severity!: Severity;

  @TextColumn('title')
  title!: string;

  @TextColumn('description')
  description!: string;

  @TextColumn('file_path', { nullable: true })
  filePath!: string | null;

  @IntegerColumn('line', { nullable: true })
  line!: number | null;

  @IntegerColumn('line_end', { nullable: true })
  lineEnd!: number | null;

  @TextColumn('rule_id')
  ruleId!: string;

  @TextColumn('cwe', { nullable: true })
  cwe!: string | null;

  @TextColumn('remediation', { nullable: true })
  remediation!: string | null;

  @JsonColumn('metadata_json')
  metadata!: JsonObject;

  @JsonColumn('compliance_tags_json')
  complianceTags!: string[];

  @JsonColumn('aliases_json')
  aliases!: FindingAliasBody[];
}
