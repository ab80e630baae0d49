import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { digitsToNumber } from '../../../common/pagination';
import type { InsightScope } from '../insight-scopes.repository';

const MAX_DAYS = 365;
const MAX_OLDEST = 50;

export class InsightQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: 4096,
    description: 'Exactly as scans show it. Of one that there is not, nothing is counted.',
  })
  @IsOptional()
  @MaxLength(4096)
  @MinLength(1)
  @IsString()
  project?: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    description: 'Id of a target. Of one that there is not, nothing is counted.',
  })
  @IsOptional()
  @IsUUID()
  target?: string;
}

/** Over so many days. */
export class InsightDaysQueryDto extends InsightQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_DAYS, default: 30 })
  @IsOptional()
  @Max(MAX_DAYS)
  @Min(1)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  days: number = 30;
}

export class AgesQueryDto extends InsightQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_OLDEST,
    default: 10,
    description: 'How many of the oldest are shown.',
  })
  @IsOptional()
  @Max(MAX_OLDEST)
  @Min(0)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  oldest: number = 10;
}

export function scopeOf({ project, target }: InsightQueryDto): InsightScope {
  return { project: project ?? null, targetId: target ?? null };
}
