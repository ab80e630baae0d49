import {
  type FindingStateBody,
  type FindingStateRequestBody,
  type FindingVerdictsBody,
  VERDICT_REASONS,
  VERDICTS,
  type Verdict,
  type VerdictReason,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { NO_CONTROL_CHARACTERS, PLAIN_TEXT } from '../../../common/plain-text';

export const MAX_PROJECT_LENGTH = 500;
export const MAX_NAME_LENGTH = 320;
export const MAX_NOTE_LENGTH = 4000;
const MAX_TIME_LENGTH = 40;

/** What people write may have lines and tabs. */
export const WRITTEN_TEXT = /^[\P{Cc}\t\n\r]*$/u;

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
export const PROJECT = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_PROJECT_LENGTH,
  example: 'github.com/ada/shop',
} as const;

export class FingerprintDto {
  @ApiProperty({ type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex.' })
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 lower-case hex digits' })
  fingerprint!: string;
}

export class ProjectQueryDto {
  @ApiProperty(PROJECT)
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project!: string;
}

export class OptionalProjectQueryDto {
  @ApiPropertyOptional(PROJECT)
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project?: string;
}

export class FindingStateRequestDto implements FindingStateRequestBody {
  @ApiProperty({ enum: VERDICTS })
  @IsIn(VERDICTS)
  status!: Verdict;

  @ApiPropertyOptional({ ...OPTIONAL_TEXT, maxLength: MAX_NOTE_LENGTH })
  @IsOptional()
  @Matches(WRITTEN_TEXT, PLAIN_TEXT)
  @MaxLength(MAX_NOTE_LENGTH)
  @IsString()
  note?: string | null;

  @ApiPropertyOptional({
    enum: VERDICT_REASONS,
    nullable: true,
    description:
      'Why it need not be dealt with, in words that VEX has: with false_positive, accepted_risk and wont_fix only.',
  })
  @IsOptional()
  @IsIn(VERDICT_REASONS)
  reason?: VerdictReason | null;

  @ApiPropertyOptional({
    ...OPTIONAL_TEXT,
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'Who looks after it.',
  })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  assignee?: string | null;

  @ApiPropertyOptional({
    ...TIME,
    nullable: true,
    description: 'With its zone, and in the future: from then on it counts no longer.',
    example: '2027-03-01T00:00:00Z',
  })
  @IsOptional()
  @MaxLength(MAX_TIME_LENGTH)
  @IsString()
  until?: string | null;

  @ApiPropertyOptional({ ...PROJECT, description: 'Where it holds; left out: everywhere.' })
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
  updated_by?: string | null;
}

export class FindingStateDto implements FindingStateBody {
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Where it holds; null: everywhere.' })
  project!: string | null;
  @ApiProperty({ enum: VERDICTS }) status!: Verdict;
  @ApiProperty(OPTIONAL_TEXT) note!: string | null;
  @ApiProperty({ enum: VERDICT_REASONS, nullable: true }) reason!: VerdictReason | null;
  @ApiProperty(OPTIONAL_TEXT) assignee!: string | null;
  @ApiProperty({ ...TIME, nullable: true, description: 'When it lapses.' }) until!: string | null;
  @ApiProperty(TIME) updated_at!: string;
  @ApiProperty(OPTIONAL_TEXT) updated_by!: string | null;
  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'When a scan found what had been called fixed; until the next decision.',
  })
  regressed_at!: string | null;
}

export class FindingVerdictsDto implements FindingVerdictsBody {
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({
    type: FindingStateDto,
    nullable: true,
    description: 'What counts; null where nobody has decided, which means new.',
  })
  state!: FindingStateDto | null;
  @ApiProperty({ type: FindingStateDto, nullable: true }) everywhere!: FindingStateDto | null;
  @ApiProperty({ type: FindingStateDto, nullable: true }) in_project!: FindingStateDto | null;
}
