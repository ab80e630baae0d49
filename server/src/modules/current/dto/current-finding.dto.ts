import {
  type CurrentFindingBody,
  TARGET_KINDS,
  type TargetKind,
  type TargetReferenceBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { FindingDto } from '../../findings/dto/finding.dto';

export class TargetReferenceDto implements TargetReferenceBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string' }) project!: string;
  @ApiProperty({ enum: TARGET_KINDS }) kind!: TargetKind;
  @ApiProperty({
    type: 'string',
    description: "A tree's place in its project, a URL, a host, or `this machine`.",
    example: '.',
  })
  place!: string;
}

export class CurrentFindingDto extends FindingDto implements CurrentFindingBody {
  @ApiProperty({ type: TargetReferenceDto }) target!: TargetReferenceDto;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When the scan completed that tells of it.',
  })
  last_seen!: string;
}
