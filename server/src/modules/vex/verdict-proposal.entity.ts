import type { ProposalState, Verdict, VerdictReason, VexFormat } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

/** A verdict that somebody else's document proposes. It outlives scans as verdicts do, and changes none by itself. */
@Entity('verdict_proposals')
@Index('idx_verdict_proposals_created', ['createdAt', 'id'])
@Index('idx_verdict_proposals_state', ['state', 'createdAt', 'id'])
@Index('idx_verdict_proposals_project', ['project', 'createdAt', 'id'])
@Index('idx_verdict_proposals_project_state', ['project', 'state', 'createdAt', 'id'])
@Index('idx_verdict_proposals_fingerprint', ['fingerprint', 'createdAt', 'id'])
@Index('idx_verdict_proposals_document', ['documentId', 'state', 'id'])
export class VerdictProposalEntity {
  /** Made of what is proposed, about what and in which document: the same again is the same row. */
  @KeyColumn('id')
  id!: string;

  /** Null where the verdict would hold everywhere. */
  @TextColumn('project', { nullable: true })
  project!: string | null;

  @TextColumn('fingerprint')
  fingerprint!: string;

  @TextColumn('status')
  status!: Verdict;

  @TextColumn('reason', { nullable: true })
  reason!: VerdictReason | null;

  @TextColumn('note', { nullable: true })
  note!: string | null;

  @TextColumn('vulnerability')
  vulnerability!: string;

  @TextColumn('purl')
  purl!: string;

  @TextColumn('product', { nullable: true })
  product!: string | null;

  @TextColumn('format')
  format!: VexFormat;

  @TextColumn('document_id')
  documentId!: string;

  @IntegerColumn('document_version')
  documentVersion!: number;

  /** Of the text that last made the proposal. */
  @TextColumn('document_digest')
  documentDigest!: string;

  @TextColumn('author', { nullable: true })
  author!: string | null;

  @TimestampColumn('issued_at', { nullable: true })
  issuedAt!: string | null;

  @TextColumn('state')
  state!: ProposalState;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TextColumn('created_by', { nullable: true })
  createdBy!: string | null;

  @ForeignKey(() => PrincipalEntity, {
    name: 'fk_verdict_proposals_principal',
    onDelete: 'SET NULL',
  })
  @TextColumn('principal_id', { nullable: true })
  principalId!: string | null;

  @TimestampColumn('decided_at', { nullable: true })
  decidedAt!: string | null;

  @TextColumn('decided_by', { nullable: true })
  decidedBy!: string | null;

  @ForeignKey(() => PrincipalEntity, { name: 'fk_verdict_proposals_decider', onDelete: 'SET NULL' })
  @TextColumn('decider_id', { nullable: true })
  deciderId!: string | null;
}
