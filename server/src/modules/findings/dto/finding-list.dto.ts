import { SCAN_TYPES, SEVERITIES, type ScanType, type Severity } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';

export class FindingListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: SEVERITIES })
  @IsOptional()
  @IsIn(SEVERITIES)
  severity?: Severity;

  @ApiPropertyOptional({ enum: SCAN_TYPES })
  @IsOptional()
  @IsIn(SCAN_TYPES)
  scan_type?: ScanType;

  @ApiPropertyOptional({ type: 'string', pattern: '^[a-z0-9_-]{1,64}$', example: 'semgrep' })
  @IsOptional()
  @Matches(/^[a-z0-9_-]{1,64}$/, { message: '$property must be the name of a scanner' })
  scanner?: string;
}
