import {
  COMPARISON_CAUSES,
  COMPARISON_SIDES,
  type ComparedFindingBody,
  type ComparedOutcomeBody,
  type ComparedScannerBody,
  type ComparisonBody,
  type ComparisonCauseBody,
  type ComparisonCauseKind,
  type ComparisonClass,
  type ComparisonSide,
  OUTCOME_STATUSES,
  type OutcomeStatus,
  SEVERITIES,
  type Severity,
  type SeverityCountsBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { FindingDto } from '../../findings/dto/finding.dto';
import { ScanDto } from '../../scans/dto/scan.dto';
import { SeverityCountsDto } from '../../scans/dto/severity-counts.dto';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const DELTA = { type: 'integer', description: 'Head less base.' } as const;

export class ComparisonCountsDto implements Record<ComparisonClass, number> {
  @ApiProperty(COUNT) new!: number;
  @ApiProperty(COUNT) fixed!: number;
  @ApiProperty(COUNT) unchanged!: number;
  @ApiProperty(COUNT) not_assessed!: number;
  @ApiProperty(COUNT) newly_suppressed!: number;
  @ApiProperty(COUNT) suppressed!: number;
}

export class SeverityDeltaDto implements SeverityCountsBody {
  @ApiProperty(DELTA) critical!: number;
  @ApiProperty(DELTA) high!: number;
  @ApiProperty(DELTA) medium!: number;
  @ApiProperty(DELTA) low!: number;
  @ApiProperty(DELTA) info!: number;
}

export class ComparedOutcomeDto implements ComparedOutcomeBody {
  @ApiProperty({ enum: OUTCOME_STATUSES }) status!: OutcomeStatus;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'SHA-256 (hex) of its rules or database.' })
  rule_pack_digest!: string | null;
}

export class ComparedScannerDto implements ComparedScannerBody {
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ type: ComparedOutcomeDto, nullable: true }) base!: ComparedOutcomeDto | null;
  @ApiProperty({ type: ComparedOutcomeDto, nullable: true }) head!: ComparedOutcomeDto | null;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Why the two scans cannot be compared by it; null where they can.',
  })
  reason!: string | null;
  @ApiProperty({
    type: 'boolean',
    description: 'What it would have said is missing from the comparison.',
  })
  incomplete!: boolean;
  @ApiProperty({ ...COUNT, description: 'Of the findings that are listed under its name.' })
  new!: number;
  @ApiProperty(COUNT) fixed!: number;
  @ApiProperty(COUNT) not_assessed!: number;
}

export class ComparisonCauseDto implements ComparisonCauseBody {
  @ApiProperty({ enum: COMPARISON_CAUSES }) kind!: ComparisonCauseKind;
  @ApiProperty(OPTIONAL_TEXT) scanner!: string | null;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'What was so at base, in a few words.' })
  base!: string | null;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'What is so at head.' }) head!: string | null;
}

export class ComparisonDto implements ComparisonBody {
  @ApiProperty({ type: ScanDto }) base!: ScanDto;
  @ApiProperty({ type: ScanDto }) head!: ScanDto;
  @ApiProperty({
    type: 'boolean',
    description: 'Every scanner that one side had could be compared.',
  })
  complete!: boolean;
  @ApiProperty({ type: ComparisonCountsDto }) counts!: ComparisonCountsDto;
  @ApiProperty({ type: SeverityCountsDto }) new_by_severity!: SeverityCountsDto;
  @ApiProperty({ type: SeverityCountsDto }) fixed_by_severity!: SeverityCountsDto;
  @ApiProperty({ ...COUNT, description: 'Of the unchanged ones.' }) severity_changed!: number;
  @ApiProperty({ type: 'number', description: 'Head less base, with one decimal.' })
  risk_delta!: number;
  @ApiProperty({ type: SeverityDeltaDto }) severity_delta!: SeverityDeltaDto;
  @ApiProperty({ type: ComparedScannerDto, isArray: true, description: 'By name.' })
  scanners!: ComparedScannerDto[];
  @ApiProperty({
    type: ComparisonCauseDto,
    isArray: true,
    description: 'What differs beside the code: each may explain some of the findings.',
  })
  causes!: ComparisonCauseDto[];
}

export class ComparedFindingDto extends FindingDto implements ComparedFindingBody {
  @ApiProperty({ enum: COMPARISON_SIDES, description: 'Whose scan it is shown from.' })
  side!: ComparisonSide;
  @ApiProperty({
    enum: SEVERITIES,
    nullable: true,
    description: 'What an unchanged one was at base; null where it is the same.',
  })
  previous_severity!: Severity | null;
}
