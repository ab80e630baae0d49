import {
  type ApiKeyBody,
  type ApiKeyCreatedBody,
  type ApiKeyRequestBody,
  type Scope,
  SCOPES,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { IsFutureInstant } from './is-future-instant';

const MAX_NAME_LENGTH = 200;
const MAX_SCOPES = SCOPES.length * 2;
const TIME = { type: 'string', format: 'date-time' } as const;
const SCOPE_LIST = { enum: SCOPES, isArray: true } as const;

export class ApiKeyRequestDto implements ApiKeyRequestBody {
  @ApiProperty({
    type: 'string',
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'What the key is for, as lists and the audit log show it.',
    example: 'ci of shop',
  })
  @Matches(/^\S(?:\P{Cc}*\S)?$/u, {
    message: '$property must not begin or end with white space, nor hold control characters',
  })
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  name!: string;

  @ApiPropertyOptional({
    ...SCOPE_LIST,
    minItems: 1,
    maxItems: MAX_SCOPES,
    description:
      'None includes another: admin alone cannot read. Default: read; all three for the first key, which must hold them.',
  })
  @MayBeAbsent()
  @IsIn(SCOPES, { each: true })
  @ArrayMaxSize(MAX_SCOPES)
  @ArrayMinSize(1)
  @IsArray()
  scopes?: Scope[];

  @ApiPropertyOptional({
    ...TIME,
    nullable: true,
    description: 'With its zone, and in the future. Default: the key does not end by itself.',
    example: '2027-03-01T00:00:00Z',
  })
  @IsOptional()
  @IsFutureInstant()
  @MaxLength(40)
  @IsString()
  expires_at?: string | null;
}

export class ApiKeyIdDto {
  @ApiProperty({ type: 'string', maxLength: 64 })
  @MaxLength(64)
  @IsString()
  id!: string;
}

export class ApiKeyDto implements ApiKeyBody {
  @ApiProperty({ type: 'string' }) id!: string;
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string', description: 'The first 16 characters of the key.' })
  prefix!: string;
  @ApiProperty(SCOPE_LIST) scopes!: Scope[];
  @ApiProperty(TIME) created_at!: string;
  @ApiProperty({ ...TIME, nullable: true }) expires_at!: string | null;
  @ApiProperty({ ...TIME, nullable: true }) last_used_at!: string | null;
  @ApiProperty({ ...TIME, nullable: true }) revoked_at!: string | null;
}

export class ApiKeyCreatedDto extends ApiKeyDto implements ApiKeyCreatedBody {
  @ApiProperty({ type: 'string', description: 'Shown this once.' }) key!: string;
}
