import { VEX_FORMATS, type VexFormat } from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class VexQueryDto {
  @ApiPropertyOptional({ enum: VEX_FORMATS, default: 'openvex' })
  @IsOptional()
  @IsIn(VEX_FORMATS)
  format: VexFormat = 'openvex';
}
