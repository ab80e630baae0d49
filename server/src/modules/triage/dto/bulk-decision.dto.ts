import type { BulkDecisionBody, BulkDecisionRequestBody } from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsUUID,
  Matches,
} from 'class-validator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { FindingListQueryDto } from '../../findings/dto/finding-list.dto';
import { FindingStateDto, FindingStateRequestDto } from './finding-state.dto';

const MAX_FINGERPRINTS = 500;
const FINGERPRINT = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** The filters of a scan's list of findings. */
export class BulkSelectionDto extends OmitType(FindingListQueryDto, ['limit', 'cursor', 'sort']) {
  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    description: 'The scan whose findings are meant, narrowed by the filters of its list.',
  })
  @IsOptional()
  @IsUUID()
  scan_id?: string;
}

export class BulkDecisionRequestDto
  extends FindingStateRequestDto
  implements BulkDecisionRequestBody
{
  @ApiPropertyOptional({
    type: 'array',
    items: FINGERPRINT,
    minItems: 1,
    maxItems: MAX_FINGERPRINTS,
    description: 'The findings that are meant, where the query names no scan.',
  })
  @MayBeAbsent()
  @Matches(/^[0-9a-f]{64}$/, {
    each: true,
    message: '$property must hold 64 lower-case hex digits each',
  })
  @ArrayMaxSize(MAX_FINGERPRINTS)
  @ArrayMinSize(1)
  @IsArray()
  fingerprints?: string[];

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Only tells what would be done.',
  })
  @MayBeAbsent()
  @IsBoolean()
  dry_run?: boolean;
}

export class BulkSampleDto {
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({ type: FindingStateDto, nullable: true }) before!: FindingStateDto | null;
}

export class BulkDecisionDto implements BulkDecisionBody {
  @ApiProperty({ type: 'boolean' }) dry_run!: boolean;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Different fingerprints that were asked for and are known.',
  })
  matched!: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Those whose verdict changes.' })
  changed!: number;
  @ApiProperty({
    type: 'array',
    items: FINGERPRINT,
    description: 'Listed ones that nothing is known of; nothing is decided about them.',
  })
  unknown!: string[];
  @ApiProperty({
    type: BulkSampleDto,
    isArray: true,
    description: 'The first whose verdict changes, with the verdict of that place before.',
  })
  sample!: BulkSampleDto[];
}
