import type { BillContent } from '@securescan/host-node';
import { Entity, ForeignKey } from 'typeorm';
import { BytesColumn, KeyColumn, SequenceKeyColumn } from '../../database/columns';
import { SbomDocumentEntity } from './sbom-document.entity';

/** A stretch of what a bill says, compressed: it is sent as it was made, and read a page at a time. */
@Entity('sbom_parts')
export class SbomPartEntity {
  @ForeignKey(() => SbomDocumentEntity, { name: 'fk_sbom_parts_sbom', onDelete: 'CASCADE' })
  @KeyColumn('sbom_id')
  sbomId!: string;

  @KeyColumn('content')
  content!: BillContent;

  /** From 0 within its content. */
  @SequenceKeyColumn('position')
  position!: number;

  @BytesColumn('bytes')
  bytes!: Uint8Array;
}
