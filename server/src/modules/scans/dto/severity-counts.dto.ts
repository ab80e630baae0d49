import type { SeverityCountsBody } from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class SeverityCountsDto implements SeverityCountsBody {
  @ApiProperty(COUNT) critical!: number;
  @ApiProperty(COUNT) high!: number;
  @ApiProperty(COUNT) medium!: number;
  @ApiProperty(COUNT) low!: number;
  @ApiProperty(COUNT) info!: number;
}
