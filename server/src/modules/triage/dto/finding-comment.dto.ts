import type { FindingCommentBody, FindingCommentRequestBody } from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { PageQueryDto } from '../../../common/pagination';
import { NO_CONTROL_CHARACTERS, PLAIN_TEXT } from '../../../common/plain-text';
import {
  FingerprintDto,
  MAX_NAME_LENGTH,
  MAX_NOTE_LENGTH,
  MAX_PROJECT_LENGTH,
  PROJECT,
  WRITTEN_TEXT,
} from './finding-state.dto';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;

export class CommentIdDto extends FingerprintDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  @IsUUID()
  id!: string;
}

export class CommentListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ ...PROJECT, description: 'Those of this project and for everywhere.' })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project?: string;
}

export class FindingCommentRequestDto implements FindingCommentRequestBody {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_NOTE_LENGTH })
  @Matches(/\S/u, { message: '$property must not be empty' })
  @Matches(WRITTEN_TEXT, PLAIN_TEXT)
  @MaxLength(MAX_NOTE_LENGTH)
  @MinLength(1)
  @IsString()
  text!: string;

  @ApiPropertyOptional({ ...PROJECT, description: 'What it is about; left out: everywhere.' })
  @MayBeAbsent()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project?: string;

  @ApiPropertyOptional({
    ...OPTIONAL_TEXT,
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'Counts only where nobody has to be recognised; else the credentials say who.',
  })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  author?: string | null;
}

export class FindingCommentDto implements FindingCommentBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'null: for everywhere.' })
  project!: string | null;
  @ApiProperty({ type: 'string' }) text!: string;
  @ApiProperty(OPTIONAL_TEXT) author!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time' }) created_at!: string;
}
