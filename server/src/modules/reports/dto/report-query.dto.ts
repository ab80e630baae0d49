import { SCAN_OUTPUTS, type ScanFormat } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SuppressedFlag } from './suppressed-flag';

/** What the report of a stored scan can be asked for as. */
const REPORT_FORMATS = [...SCAN_OUTPUTS] as const;
type ReportFormat = ScanFormat | 'pdf';

export class ReportQueryDto {
  @ApiPropertyOptional({ enum: REPORT_FORMATS, default: 'html' })
  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format: ReportFormat = 'html';

  @SuppressedFlag()
  suppressed = true;
}
