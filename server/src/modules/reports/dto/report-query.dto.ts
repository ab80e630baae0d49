import { SCAN_FORMATS, type ScanFormat } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';

export class ReportQueryDto {
  @ApiPropertyOptional({ enum: SCAN_FORMATS, default: 'html' })
  @IsOptional()
  @IsIn(SCAN_FORMATS)
  format: ScanFormat = 'html';

  @ApiPropertyOptional({
    type: 'boolean',
    default: true,
    description: 'Whether suppressed findings are listed; they are counted either way.',
  })
  @IsOptional()
  @IsBoolean()
  @Transform(
    ({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value,
  )
  suppressed = true;
}
