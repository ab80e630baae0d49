import {
  AGE_BUCKETS,
  type AgeBucketBody,
  type AgeBucketName,
  type DurationsBody,
  type DurationsBySeverityBody,
  type OldFindingBody,
  type OpenAgesBody,
  type ResponseTimesBody,
  SEVERITIES,
  type Severity,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { TargetReferenceDto } from '../../current/dto/current-finding.dto';
import { SeverityCountsDto } from '../../scans/dto/severity-counts.dto';

const COUNT = { type: 'integer', minimum: 0 } as const;
const TEXT = { type: 'string' } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const OPTIONAL_SECONDS = { type: 'number', minimum: 0, nullable: true } as const;

export class AgeBucketDto implements AgeBucketBody {
  @ApiProperty({ enum: AGE_BUCKETS.map(({ name }) => name) }) name!: AgeBucketName;
  @ApiProperty({ ...COUNT, description: 'Full days, from so many on.' }) from_days!: number;
  @ApiProperty({ ...COUNT, nullable: true, description: 'Below so many; null for no end.' })
  to_days!: number | null;
  @ApiProperty(COUNT) total!: number;
  @ApiProperty({ type: SeverityCountsDto }) by_severity!: SeverityCountsDto;
}

export class OldFindingDto implements OldFindingBody {
  @ApiProperty(TEXT) fingerprint!: string;
  @ApiProperty({ enum: SEVERITIES }) severity!: Severity;
  @ApiProperty(TEXT) scanner!: string;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Null, like rule and file, where the scan that saw it last has been deleted.',
  })
  title!: string | null;
  @ApiProperty(OPTIONAL_TEXT) rule_id!: string | null;
  @ApiProperty(OPTIONAL_TEXT) file_path!: string | null;
  @ApiProperty({ type: TargetReferenceDto }) target!: TargetReferenceDto;
  @ApiProperty(TIME) first_seen!: string;
  @ApiProperty(TEXT) first_scan_id!: string;
  @ApiProperty(TIME) last_seen!: string;
  @ApiProperty(TEXT) last_scan_id!: string;
  @ApiProperty({ ...COUNT, description: 'In full days.' }) age_days!: number;
}

export class OpenAgesDto implements OpenAgesBody {
  @ApiProperty(TIME) as_of!: string;
  @ApiProperty(COUNT) total!: number;
  @ApiProperty({
    ...COUNT,
    description:
      'Open as well, and left out: false positives, accepted risks, what will not be fixed.',
  })
  dismissed!: number;
  @ApiProperty({ type: SeverityCountsDto }) by_severity!: SeverityCountsDto;
  @ApiProperty({ type: AgeBucketDto, isArray: true, description: 'The youngest first.' })
  buckets!: AgeBucketDto[];
  @ApiProperty({ type: OldFindingDto, isArray: true }) oldest!: OldFindingDto[];
}

export class DurationsDto implements DurationsBody {
  @ApiProperty(COUNT) count!: number;
  @ApiProperty(OPTIONAL_SECONDS) mean_seconds!: number | null;
  @ApiProperty(OPTIONAL_SECONDS) median_seconds!: number | null;
  @ApiProperty(OPTIONAL_SECONDS) p90_seconds!: number | null;
}

export class SeverityDurationsDto implements Record<Severity, DurationsBody> {
  @ApiProperty({ type: DurationsDto }) critical!: DurationsDto;
  @ApiProperty({ type: DurationsDto }) high!: DurationsDto;
  @ApiProperty({ type: DurationsDto }) medium!: DurationsDto;
  @ApiProperty({ type: DurationsDto }) low!: DurationsDto;
  @ApiProperty({ type: DurationsDto }) info!: DurationsDto;
}

export class DurationsBySeverityDto implements DurationsBySeverityBody {
  @ApiProperty({ type: DurationsDto }) all!: DurationsDto;
  @ApiProperty({ type: SeverityDurationsDto }) by_severity!: SeverityDurationsDto;
}

export class ResponseTimesDto implements ResponseTimesBody {
  @ApiProperty(TIME) from!: string;
  @ApiProperty(TIME) to!: string;
  @ApiProperty({
    type: DurationsBySeverityDto,
    description: 'From first seen to the first decision other than new, of findings decided about.',
  })
  time_to_triage!: DurationsBySeverityDto;
  @ApiProperty({
    type: DurationsBySeverityDto,
    description: 'From first seen to the scan that no longer reported it, of findings that went.',
  })
  time_to_fix!: DurationsBySeverityDto;
}
