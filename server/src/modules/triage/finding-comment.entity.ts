import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';
import { FindingStateEntity } from './finding-state.entity';

@Entity('finding_comments')
@Index('idx_finding_comments_fingerprint', ['fingerprint', 'createdAt', 'id'])
export class FindingCommentEntity {
  @KeyColumn('id')
  id!: string;

  @ForeignKey(() => FindingStateEntity, { name: 'fk_finding_comments_state', onDelete: 'RESTRICT' })
  @TextColumn('fingerprint')
  fingerprint!: string;

  /** Null where the comment is for everywhere. */
  @TextColumn('project', { nullable: true })
  project!: string | null;

  @TextColumn('text')
  text!: string;

  @TextColumn('author', { nullable: true })
  author!: string | null;

  @ForeignKey(() => PrincipalEntity, {
    name: 'fk_finding_comments_principal',
    onDelete: 'SET NULL',
  })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;
}
