import type { Scope } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { JsonColumn, KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';

@Entity('api_keys')
@Index('idx_api_keys_prefix', ['prefix'])
@Index('idx_api_keys_created', ['createdAt', 'id'])
@Index('idx_api_keys_principal', ['principalId'], { unique: true })
export class ApiKeyEntity {
  @KeyColumn('id')
  id!: string;

  @ForeignKey(() => PrincipalEntity, { name: 'fk_api_keys_principal', onDelete: 'RESTRICT' })
  @TextColumn('principal_id')
  principalId!: string;

  @TextColumn('name')
  name!: string;

  @TextColumn('prefix')
  prefix!: string;

  @TextColumn('key_hash')
  keyHash!: string;

  @JsonColumn('scopes_json')
  scopes!: Scope[];

  @ForeignKey(() => PrincipalEntity, { name: 'fk_api_keys_created_by', onDelete: 'SET NULL' })
  @TextColumn('created_by_principal_id', { nullable: true })
  createdByPrincipalId!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('expires_at', { nullable: true })
  expiresAt!: string | null;

  @TimestampColumn('last_used_at', { nullable: true })
  lastUsedAt!: string | null;

  @TimestampColumn('revoked_at', { nullable: true })
  revokedAt!: string | null;
}
