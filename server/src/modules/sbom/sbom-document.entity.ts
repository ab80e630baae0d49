import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];

/** A bill of materials. It outlives the scan that it was made in. */
@Entity('sbom_documents')
@Index('idx_sbom_documents_created', ['createdAt', 'id'])
@Index('idx_sbom_documents_scan', ['scanId'])
export class SbomDocumentEntity {
  @KeyColumn('id')
  id!: string;

  @ForeignKey(() => ScanEntity, { name: 'fk_sbom_documents_scan', onDelete: 'SET NULL' })
  @TextColumn('scan_id', { nullable: true })
  scanId!: string | null;

  @TextColumn('project')
  project!: string;

  @TextColumn('target_path')
  targetPath!: string;

  @TextColumn('format')
  format!: SbomFormat;

  @IntegerColumn('component_count')
  componentCount!: number;

  @TimestampColumn('created_at')
  createdAt!: string;
}
