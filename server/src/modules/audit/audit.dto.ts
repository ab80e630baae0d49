import {
  AUDIT_ACTIONS,
  AUDIT_SUBJECT_TYPES,
  type AuditAction,
  type AuditEntryBody,
  type AuditSubjectType,
  type JsonObject,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { InstantQuery } from '../../common/instant-query.decorator';
import { PageQueryDto } from '../../common/pagination';

const MAX_ID_LENGTH = 256;
const MAX_NAME_LENGTH = 320;
const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

export class AuditListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  action?: AuditAction;

  @ApiPropertyOptional({ enum: AUDIT_SUBJECT_TYPES })
  @IsOptional()
  @IsIn(AUDIT_SUBJECT_TYPES)
  subject_type?: AuditSubjectType;

  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsOptional()
  @MaxLength(MAX_ID_LENGTH)
  @MinLength(1)
  @IsString()
  subject_id?: string;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'Who did it: principal_id, or the whole name as entries show it.',
  })
  @IsOptional()
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  principal?: string;

  @InstantQuery('From then on.')
  since?: string;

  @InstantQuery('Before then.')
  until?: string;
}

export class AuditEntryDto implements AuditEntryBody {
  @ApiProperty({ type: 'integer', minimum: 1 }) seq!: number;
  @ApiProperty({ type: 'string', format: 'date-time' }) occurred_at!: string;
  @ApiProperty({ enum: AUDIT_ACTIONS }) action!: AuditAction;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'The name at that time.' }) actor!: string | null;
  @ApiProperty(OPTIONAL_TEXT) principal_id!: string | null;
  @ApiProperty({ enum: AUDIT_SUBJECT_TYPES }) subject_type!: AuditSubjectType;
  @ApiProperty(OPTIONAL_TEXT) subject_id!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) details!: JsonObject;
  @ApiProperty(OPTIONAL_TEXT) request_id!: string | null;
  @ApiProperty(OPTIONAL_TEXT) remote_address!: string | null;
  @ApiProperty({ ...HASH, description: 'Of the entry before.' }) previous_hash!: string;
  @ApiProperty({ ...HASH, description: 'SHA-256 over all the rest of the row.' }) hash!: string;
}
