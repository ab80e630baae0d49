import {
  type FindingAliasBody,
  type FindingWithStateBody,
  type JsonObject,
  SCAN_TYPES,
  type ScanType,
  SEVERITIES,
  type Severity,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FindingStateDto } from '../../triage/dto/finding-state.dto';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const OPTIONAL_LINE = { type: 'integer', minimum: 1, nullable: true } as const;

export class FindingAliasDto implements FindingAliasBody {
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ type: 'string' }) rule_id!: string;
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiPropertyOptional({ ...OPTIONAL_TEXT, description: "Where it is not the finding's." })
  cwe?: string | null;
  @ApiPropertyOptional({
    type: 'string',
    description: 'What the fingerprint is made of, where the finding does not tell it.',
  })
  line_context?: string;
}

export class FindingDto implements FindingWithStateBody {
  @ApiProperty({ type: 'string' }) id!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) scan_id!: string;
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ enum: SCAN_TYPES }) scan_type!: ScanType;
  @ApiProperty({ enum: SEVERITIES }) severity!: Severity;
  @ApiProperty({ type: 'string' }) title!: string;
  @ApiProperty({ type: 'string' }) description!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Relative to the root of the project.' })
  file_path!: string | null;
  @ApiProperty(OPTIONAL_LINE) line_start!: number | null;
  @ApiProperty(OPTIONAL_LINE) line_end!: number | null;
  @ApiProperty({ type: 'string' }) rule_id!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, example: 'CWE-89' }) cwe!: string | null;
  @ApiProperty(OPTIONAL_TEXT) remediation!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) metadata!: JsonObject;
  @ApiProperty({ type: 'string', isArray: true }) compliance_tags!: string[];
  @ApiProperty({ type: 'string', description: 'Who the finding is, across scans: SHA-256 in hex.' })
  fingerprint!: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) occurrence!: number;
  @ApiProperty({ type: FindingAliasDto, isArray: true }) aliases!: FindingAliasDto[];
  @ApiProperty({ type: FindingStateDto, nullable: true }) state!: FindingStateDto | null;
}
