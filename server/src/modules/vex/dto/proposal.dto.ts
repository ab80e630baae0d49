import {
  PROPOSAL_STATES,
  type ProposalAcceptanceBody,
  type ProposalAcceptanceRequestBody,
  type ProposalDecisionsBody,
  type ProposalSelectionBody,
  type ProposalSourceBody,
  type ProposalState,
  VERDICT_REASONS,
  VERDICTS,
  type Verdict,
  type VerdictProposalBody,
  type VerdictReason,
  VEX_FORMATS,
  type VexFormat,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';
import { NO_CONTROL_CHARACTERS, PLAIN_TEXT } from '../../../common/plain-text';
import { FindingStateDto, MAX_PROJECT_LENGTH, PROJECT } from '../../triage/dto/finding-state.dto';

const MAX_IDS = 500;
const TEXT = { type: 'string', nullable: true } as const;
const TIME = { type: 'string', format: 'date-time' } as const;

export class ProposalIdDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  @IsUUID()
  id!: string;
}

export class ProposalListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: PROPOSAL_STATES })
  @IsOptional()
  @IsIn(PROPOSAL_STATES)
  state?: ProposalState;

  @ApiPropertyOptional({ ...PROJECT, description: 'Those for this project alone.' })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project?: string;

  @ApiPropertyOptional({ type: 'string', pattern: '^[0-9a-f]{64}$' })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 lower-case hex digits' })
  fingerprint?: string;
}

export class ProposalAcceptanceRequestDto implements ProposalAcceptanceRequestBody {
  @ApiPropertyOptional({
    ...TIME,
    nullable: true,
    description:
      'The updated_at of the verdict that is to be replaced, null for none: where another stands there by now, 409 and nothing is done.',
  })
  @IsOptional()
  @MaxLength(40)
  @IsString()
  expected_updated_at?: string | null;
}

export class ProposalSelectionDto implements ProposalSelectionBody {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    minItems: 1,
    maxItems: MAX_IDS,
  })
  @IsUUID('all', { each: true })
  @ArrayMaxSize(MAX_IDS)
  @ArrayMinSize(1)
  @IsArray()
  ids!: string[];
}

export class ProposalSourceDto implements ProposalSourceBody {
  @ApiProperty({ enum: VEX_FORMATS }) format!: VexFormat;
  @ApiProperty({ type: 'string' }) document_id!: string;
  @ApiProperty({ type: 'integer', minimum: 0 }) version!: number;
  @ApiProperty(TEXT) author!: string | null;
  @ApiProperty({ ...TIME, nullable: true }) issued_at!: string | null;
}

export class VerdictProposalDto implements VerdictProposalBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({ ...TEXT, description: 'Where the verdict would hold; null: everywhere.' })
  project!: string | null;
  @ApiProperty({ enum: VERDICTS }) status!: Verdict;
  @ApiProperty({ enum: VERDICT_REASONS, nullable: true }) reason!: VerdictReason | null;
  @ApiProperty(TEXT) note!: string | null;
  @ApiProperty({ type: 'string' }) vulnerability!: string;
  @ApiProperty({ type: 'string', description: 'The package of the finding.' }) purl!: string;
  @ApiProperty({
    ...TEXT,
    description: 'What the package is part of, where the statement holds only within that.',
  })
  product!: string | null;
  @ApiProperty({ type: ProposalSourceDto }) source!: ProposalSourceDto;
  @ApiProperty({ enum: PROPOSAL_STATES }) state!: ProposalState;
  @ApiProperty(TIME) created_at!: string;
  @ApiProperty(TEXT) created_by!: string | null;
  @ApiProperty({ ...TIME, nullable: true }) decided_at!: string | null;
  @ApiProperty(TEXT) decided_by!: string | null;
  @ApiProperty({
    type: FindingStateDto,
    nullable: true,
    description: 'The verdict that counts now; null where nobody has decided.',
  })
  current!: FindingStateDto | null;
}

export class ProposalAcceptanceDto implements ProposalAcceptanceBody {
  @ApiProperty({ type: VerdictProposalDto }) proposal!: VerdictProposalDto;
  @ApiProperty({
    type: FindingStateDto,
    nullable: true,
    description: 'What was decided in that place before, and holds no more.',
  })
  replaced!: FindingStateDto | null;
}

const IDS = { type: 'array', items: { type: 'string', format: 'uuid' } } as const;

export class ProposalDecisionsDto implements ProposalDecisionsBody {
  @ApiProperty({ ...IDS, description: 'Those that were open and are decided now.' })
  decided!: string[];
  @ApiProperty({ ...IDS, description: 'Those that were not open any more.' }) not_open!: string[];
  @ApiProperty(IDS) unknown!: string[];
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Verdicts that were replaced.' })
  replaced!: number;
}
