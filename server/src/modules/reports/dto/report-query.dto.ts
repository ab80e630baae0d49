import {
  SBOM_FORMATS,
  type SbomFormat,
  SCAN_OUTPUTS,
  type ScanFormat,
} from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SuppressedFlag } from './suppressed-flag';

/** What the report of a stored scan can be asked for as. */
const REPORT_FORMATS = [...SCAN_OUTPUTS, ...SBOM_FORMATS] as const;
type ReportFormat = ScanFormat | SbomFormat | 'pdf';

export class ReportQueryDto {
  @ApiPropertyOptional({ enum: REPORT_FORMATS, default: 'html' })
  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format: ReportFormat = 'html';

  @SuppressedFlag()
  suppressed = true;
}

export function isSbomFormat(format: ReportFormat): format is SbomFormat {
  return SBOM_FORMATS.some((known) => known === format);
}
