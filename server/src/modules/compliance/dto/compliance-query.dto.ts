import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { digitsToNumber } from '../../../common/pagination';

const MAX_ID = 64;
const MAX_TARGET = 4096;
const MAX_DAYS = 366;
const DEFAULT_DAYS = 30;
const FRAMEWORK = 'Id of a framework; see the list of them.';

export class FrameworkIdDto {
  @ApiProperty({ type: 'string', maxLength: MAX_ID, description: FRAMEWORK })
  @MaxLength(MAX_ID)
  @IsString()
  id!: string;
}

class SubjectQueryDto {
  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_TARGET })
  @IsOptional()
  @MinLength(1)
  @MaxLength(MAX_TARGET)
  @IsString()
  project?: string;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_TARGET,
    description: 'Path, URL or host of a target of the project, as its scans show it.',
  })
  @IsOptional()
  @MinLength(1)
  @MaxLength(MAX_TARGET)
  @IsString()
  target?: string;
}

export class CoverageQueryDto extends SubjectQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_ID,
    description: 'A completed scan; left out, how things stand now by the latest scans.',
  })
  @IsOptional()
  @MinLength(1)
  @MaxLength(MAX_ID)
  @IsString()
  scan_id?: string;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_ID,
    description: `${FRAMEWORK} Left out, all of them.`,
  })
  @IsOptional()
  @MinLength(1)
  @MaxLength(MAX_ID)
  @IsString()
  framework?: string;
}

export class TrendQueryDto extends SubjectQueryDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_ID, description: FRAMEWORK })
  @MinLength(1)
  @MaxLength(MAX_ID)
  @IsString()
  framework!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_DAYS, default: DEFAULT_DAYS })
  @IsOptional()
  @Max(MAX_DAYS)
  @Min(1)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  days: number = DEFAULT_DAYS;
}
