import { SCAN_SORTS, SCAN_STATUSES, type ScanSort, type ScanStatus } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { InstantQuery } from '../../../common/instant-query.decorator';
import { PageQueryDto } from '../../../common/pagination';

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

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'Part of the project, or of the path, URL or host that was looked at, or how the id begins; letters of either case.',
  })
  @IsOptional()
  @MaxLength(200)
  @MinLength(1)
  @IsString()
  q?: string;

  @ApiPropertyOptional({
    enum: SCAN_SORTS,
    default: 'newest',
    description: 'Where two are alike, by time. A scan without a result counts as less than any.',
  })
  @IsOptional()
  @IsIn(SCAN_SORTS)
  sort: ScanSort = 'newest';

  @InstantQuery('Asked for after then.')
  created_after?: string;

  @InstantQuery('Asked for before then.')
  created_before?: string;
}
