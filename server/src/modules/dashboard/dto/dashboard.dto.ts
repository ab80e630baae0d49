import type {
  DashboardStatsBody,
  ScannerFindingsBody,
  ScanStatus,
  TrendPointBody,
  TrendsBody,
  Verdict,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { SeverityCountsDto } from '../../scans/dto/severity-counts.dto';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class ScanStatusCountsDto implements Record<ScanStatus, number> {
  @ApiProperty(COUNT) pending!: number;
  @ApiProperty(COUNT) running!: number;
  @ApiProperty(COUNT) completed!: number;
  @ApiProperty(COUNT) failed!: number;
  @ApiProperty(COUNT) cancelled!: number;
}

export class VerdictCountsDto implements Record<Exclude<Verdict, 'new'>, number> {
  @ApiProperty(COUNT) triaged!: number;
  @ApiProperty(COUNT) false_positive!: number;
  @ApiProperty(COUNT) accepted_risk!: number;
  @ApiProperty(COUNT) fixed!: number;
  @ApiProperty(COUNT) wont_fix!: number;
}

export class ScannerFindingsDto extends SeverityCountsDto implements ScannerFindingsBody {
  @ApiProperty({ type: 'string', example: 'semgrep' }) scanner!: string;
}

export class DashboardStatsDto implements DashboardStatsBody {
  @ApiProperty({ ...COUNT, description: 'However they ended; imports too.' }) total_scans!: number;
  @ApiProperty(COUNT) completed_scans!: number;
  @ApiProperty({ type: ScanStatusCountsDto }) scans_by_status!: ScanStatusCountsDto;
  @ApiProperty(COUNT) projects!: number;
  @ApiProperty(COUNT) targets!: number;
  @ApiProperty({ ...COUNT, description: 'There now and not suppressed, each place of it.' })
  total_findings!: number;
  @ApiProperty({ type: SeverityCountsDto }) findings_by_severity!: SeverityCountsDto;
  @ApiProperty({
    type: ScannerFindingsDto,
    isArray: true,
    description: 'Of every scanner that has told of any target, by its name.',
  })
  findings_by_scanner!: ScannerFindingsDto[];
  @ApiProperty(COUNT) suppressed_findings!: number;
  @ApiProperty({
    type: 'number',
    minimum: 0,
    description: 'The mean of the targets that any scanner has told of, 0 where there is none.',
  })
  average_risk_score!: number;
  @ApiProperty({ ...COUNT, description: 'Each once, whatever was decided about it.' })
  open_findings!: number;
  @ApiProperty({ ...COUNT, description: 'Those that nobody has decided about.' })
  undecided_findings!: number;
  @ApiProperty({ type: VerdictCountsDto, description: 'Those that hold now.' })
  verdicts!: VerdictCountsDto;
}

export class TrendPointDto extends SeverityCountsDto implements TrendPointBody {
  @ApiProperty({ type: 'string', format: 'date', description: 'A day in UTC.' }) date!: string;
  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 100,
    description: 'The mean of the targets, with one decimal.',
  })
  risk_score!: number;
  @ApiProperty(COUNT) total_findings!: number;
  @ApiProperty({ ...COUNT, description: 'That any scanner had told of by then.' }) targets!: number;
}

export class TrendsDto implements TrendsBody {
  @ApiProperty({
    type: TrendPointDto,
    isArray: true,
    description: 'The oldest day first. Days before the first scan are left out.',
  })
  data!: TrendPointDto[];
}
