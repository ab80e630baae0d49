import { SCAN_STATUSES, type ScanStatus } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';

const STORED_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const GIVEN_INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
const INSTANT = {
  message: '$property must be a date or a date-time with its zone, such as 2026-11-01T08:00:00Z',
};
const INSTANT_SCHEMA = {
  type: 'string',
  format: 'date-time',
  description:
    'ISO 8601 with its zone, or a date, which is its beginning in UTC. Not included itself.',
} as const;

/** The way in which timestamps are stored; what is no instant stays and fails the check. */
function toInstant({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string' || !GIVEN_INSTANT.test(value)) return value;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? value : instant.toISOString();
}

export class ScanListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: SCAN_STATUSES })
  @IsOptional()
  @IsIn(SCAN_STATUSES)
  status?: ScanStatus;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: 4096,
    description: 'Exactly as scans show it.',
  })
  @IsOptional()
  @MaxLength(4096)
  @MinLength(1)
  @IsString()
  project?: string;

  @ApiPropertyOptional(INSTANT_SCHEMA)
  @IsOptional()
  @Matches(STORED_INSTANT, INSTANT)
  @Transform(toInstant)
  created_after?: string;

  @ApiPropertyOptional(INSTANT_SCHEMA)
  @IsOptional()
  @Matches(STORED_INSTANT, INSTANT)
  @Transform(toInstant)
  created_before?: string;
}
