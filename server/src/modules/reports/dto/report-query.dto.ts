import { SCAN_FORMATS, type ScanFormat } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SuppressedFlag } from './suppressed-flag';

export class ReportQueryDto {
  @ApiPropertyOptional({ enum: SCAN_FORMATS, default: 'html' })
  @IsOptional()
  @IsIn(SCAN_FORMATS)
  format: ScanFormat = 'html';

  @SuppressedFlag()
  suppressed = true;
}
