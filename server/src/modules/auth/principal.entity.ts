import { Entity, Index } from 'typeorm';
import { KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';

export const PRINCIPAL_KINDS = ['env', 'key', 'sso'] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** Someone who can act. Rows stay for good: verdicts, comments and the audit log refer to them. */
@Entity('principals')
@Index('idx_principals_subject', ['kind', 'subject'], { unique: true })
export class PrincipalEntity {
  @KeyColumn('id')
  id!: string;

  @TextColumn('kind')
  kind!: PrincipalKind;

  /** What identifies it within its kind: a key's id, the user name of the proxy; there is one `env`. */
  @TextColumn('subject')
  subject!: string;

  @TextColumn('display_name')
  displayName!: string;

  @TextColumn('email', { nullable: true })
  email!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('last_seen_at', { nullable: true })
  lastSeenAt!: string | null;
}
