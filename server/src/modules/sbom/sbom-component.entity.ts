import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn } from '../../database/columns';
import { SbomDocumentEntity } from './sbom-document.entity';

@Entity('sbom_components')
@Index('idx_sbom_components_position', ['sbomId', 'position'], { unique: true })
export class SbomComponentEntity {
  @KeyColumn('id')
  id!: string;

  @ForeignKey(() => SbomDocumentEntity, { name: 'fk_sbom_components_sbom', onDelete: 'CASCADE' })
  @TextColumn('sbom_id')
  sbomId!: string;

  @IntegerColumn('position')
  position!: number;

  @TextColumn('name')
  name!: string;

  @TextColumn('version')
  version!: string;

  @TextColumn('type')
  type!: string;

  @TextColumn('purl', { nullable: true })
  purl!: string | null;

  @TextColumn('license', { nullable: true })
  license!: string | null;

  @TextColumn('supplier', { nullable: true })
  supplier!: string | null;
}
