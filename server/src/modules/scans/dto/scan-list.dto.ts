import { SCAN_STATUSES, type ScanStatus } from '@securescan/contracts';
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

  @InstantQuery('Asked for after then.')
  created_after?: string;

  @InstantQuery('Asked for before then.')
  created_before?: string;
}
