import {
  type CurrentScannerBody,
  type CurrentTotalsBody,
  type LatestScanBody,
  type ProjectBody,
  SCAN_STATUSES,
  SCAN_TYPES,
  type ScanStatus,
  type ScanType,
  type TargetBody,
} from '@securescan/contracts';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { SeverityCountsDto } from '../../scans/dto/severity-counts.dto';
import { TargetReferenceDto } from './current-finding.dto';

const COUNT = { type: 'integer', minimum: 0 } as const;
const INSTANT = { type: 'string', format: 'date-time' } as const;

export class LatestScanDto implements LatestScanBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ enum: SCAN_STATUSES }) status!: ScanStatus;
  @ApiProperty(INSTANT) created_at!: string;
  @ApiProperty({ ...INSTANT, nullable: true }) completed_at!: string | null;
}

export class CurrentScannerDto implements CurrentScannerBody {
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ enum: SCAN_TYPES }) scan_type!: ScanType;
  @ApiProperty({ type: 'string', format: 'uuid', description: 'The latest in which it completed.' })
  scan_id!: string;
  @ApiProperty(INSTANT) completed_at!: string;
}

class CurrentTotalsDto implements CurrentTotalsBody {
  @ApiProperty({ ...COUNT, description: 'Without those that somebody has muted.' })
  findings_count!: number;
  @ApiProperty(COUNT) suppressed_count!: number;
  @ApiProperty({ type: SeverityCountsDto }) by_severity!: SeverityCountsDto;
}

export class TargetDto
  extends IntersectionType(TargetReferenceDto, CurrentTotalsDto)
  implements TargetBody
{
  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 100,
    description: 'Of what is there now, whatever anybody decided about it.',
  })
  risk_score!: number;
  @ApiProperty({ type: LatestScanDto, description: 'Asked for last, however it ended.' })
  latest_scan!: LatestScanDto;
  @ApiProperty({ type: CurrentScannerDto, isArray: true, description: 'By name.' })
  scanners!: CurrentScannerDto[];
}

export class ProjectDto extends CurrentTotalsDto implements ProjectBody {
  @ApiProperty({ type: 'string' }) project!: string;
  @ApiProperty(COUNT) targets_count!: number;
  @ApiProperty({ type: LatestScanDto, description: 'Asked for last, however it ended.' })
  latest_scan!: LatestScanDto;
}
