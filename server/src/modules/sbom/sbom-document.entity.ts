import { Entity, ForeignKey, Index } from 'typeorm';
import {
  FlagColumn,
  IntegerColumn,
  KeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** A bill of materials. It outlives the scan that it was made in, and counts for nothing until it is published. */
@Entity('sbom_documents')
@Index('idx_sbom_documents_created', ['createdAt', 'id'])
@Index('idx_sbom_documents_project', ['project', 'createdAt', 'id'])
@Index('idx_sbom_documents_target', ['targetPath', 'createdAt', 'id'])
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

  @TextColumn('name')
  name!: string;

  @TextColumn('version', { nullable: true })
  version!: string | null;

  @FlagColumn('is_complete')
  isComplete!: boolean;

  @FlagColumn('is_published')
  isPublished!: boolean;

  @IntegerColumn('component_count')
  componentCount!: number;

  @TimestampColumn('created_at')
  createdAt!: string;
}
