import {
  type FindingOverviewBody,
  type FindingPlaceBody,
  type FindingSightingBody,
  SCAN_ORIGINS,
  SCAN_TYPES,
  type ScanOrigin,
  type ScanType,
  SEVERITIES,
  type Severity,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { FindingVerdictsDto } from './finding-state.dto';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const OPTIONAL_LINE = { type: 'integer', minimum: 1, nullable: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class FindingSightingDto implements FindingSightingBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) scan_id!: string;
  @ApiProperty({ type: 'string' }) project!: string;
  @ApiProperty({ type: 'string', format: 'date-time', description: 'When it was asked for.' })
  seen_at!: string;
}

export class FindingPlaceDto extends FindingSightingDto implements FindingPlaceBody {
  @ApiProperty({ enum: SCAN_ORIGINS }) origin!: ScanOrigin;
  @ApiProperty({ type: 'string' }) id!: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) occurrence!: number;
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ enum: SCAN_TYPES }) scan_type!: ScanType;
  @ApiProperty({ enum: SEVERITIES }) severity!: Severity;
  @ApiProperty({ type: 'string' }) title!: string;
  @ApiProperty({ type: 'string' }) rule_id!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, example: 'CWE-89' }) cwe!: string | null;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Relative to the root of the project.' })
  file_path!: string | null;
  @ApiProperty(OPTIONAL_LINE) line_start!: number | null;
  @ApiProperty(OPTIONAL_LINE) line_end!: number | null;
  @ApiProperty({ type: 'boolean' }) suppressed!: boolean;
}

const SIGHTING = { type: FindingSightingDto, nullable: true } as const;

export class FindingOverviewDto extends FindingVerdictsDto implements FindingOverviewBody {
  @ApiProperty({
    type: FindingPlaceDto,
    nullable: true,
    description: 'The newest place; null where only verdicts are left.',
  })
  latest!: FindingPlaceDto | null;
  @ApiProperty({ ...SIGHTING, description: 'By scanners of this server.' })
  first_seen!: FindingSightingDto | null;
  @ApiProperty(SIGHTING) last_seen!: FindingSightingDto | null;
  @ApiProperty({ ...SIGHTING, description: 'In a document that was imported.' })
  first_imported!: FindingSightingDto | null;
  @ApiProperty(SIGHTING) last_imported!: FindingSightingDto | null;
  @ApiProperty(COUNT) scans_count!: number;
  @ApiProperty(COUNT) imports_count!: number;
  @ApiProperty({ ...COUNT, description: 'Over all scans and imports.' }) places_count!: number;
  @ApiProperty({ ...COUNT, maximum: 10_001, description: 'Counted up to 10 001.' })
  history_count!: number;
  @ApiProperty({ ...COUNT, maximum: 10_001, description: 'Counted up to 10 001.' })
  comments_count!: number;
}
