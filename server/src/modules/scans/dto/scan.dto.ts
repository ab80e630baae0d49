import {
  IMPORT_FORMATS,
  type ImportedToolBody,
  type ImportFormat,
  OUTCOME_STATUSES,
  type OutcomeStatus,
  SCAN_ORIGINS,
  SCAN_STATUSES,
  SCAN_TYPES,
  type ScanBody,
  type ScanImportBody,
  type ScanOrigin,
  type ScannerOutcomeBody,
  type ScanStatus,
  type ScanSummaryBody,
  type ScanType,
  type SkippedFilesBody,
  type SkippedScannerBody,
  SUPPRESSION_NOTICE_KINDS,
  SUPPRESSION_NOTICE_SOURCES,
  type SuppressionNoticeBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const OPTIONAL_TIME = { type: 'string', format: 'date-time', nullable: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class SkippedScannerDto implements SkippedScannerBody {
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string' }) reason!: string;
  @ApiProperty(OPTIONAL_TEXT) install_hint!: string | null;
}

export class SkippedFilesDto implements SkippedFilesBody {
  @ApiProperty({ type: 'string' }) reason!: string;
  @ApiProperty(COUNT) count!: number;
  @ApiProperty({ type: 'string', isArray: true, description: 'The first of them by name.' })
  paths!: string[];
}

export class ScannerOutcomeDto implements ScannerOutcomeBody {
  @ApiProperty({ type: 'string' }) scanner!: string;
  @ApiProperty({ enum: SCAN_TYPES }) scan_type!: ScanType;
  @ApiProperty({ enum: OUTCOME_STATUSES }) status!: OutcomeStatus;
  @ApiProperty(OPTIONAL_TEXT) reason!: string | null;
  @ApiProperty(OPTIONAL_TEXT) install_hint!: string | null;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty(OPTIONAL_TEXT) rule_pack_digest!: string | null;
  @ApiProperty(COUNT) duration_ms!: number;
  @ApiProperty({ type: 'integer', nullable: true }) exit_code!: number | null;
  @ApiProperty({ ...COUNT, nullable: true }) files_assessed!: number | null;
  @ApiProperty({ type: SkippedFilesDto, isArray: true }) files_skipped!: SkippedFilesDto[];
  @ApiProperty({ ...COUNT, nullable: true }) bytes_assessed!: number | null;
  @ApiProperty({ ...COUNT, description: 'Before deduplication.' }) findings_count!: number;
  @ApiProperty({ type: 'string', isArray: true }) notes!: string[];
  @ApiProperty(OPTIONAL_TEXT) stderr_tail!: string | null;
}

export class ImportedToolDto implements ImportedToolBody {
  @ApiProperty({ type: 'string', description: 'As its findings name it.' }) scanner!: string;
  @ApiProperty({ type: 'string', description: 'As it calls itself.' }) name!: string;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty({ enum: OUTCOME_STATUSES, description: 'By the document.' }) status!: OutcomeStatus;
  @ApiProperty(OPTIONAL_TEXT) reason!: string | null;
  @ApiProperty({ ...COUNT, description: 'Before deduplication.' }) findings_count!: number;
  @ApiProperty({ type: 'string', isArray: true }) notes!: string[];
}

export class ScanImportDto implements ScanImportBody {
  @ApiProperty({ enum: IMPORT_FORMATS }) format!: ImportFormat;
  @ApiProperty({ type: ImportedToolDto, isArray: true }) tools!: ImportedToolDto[];
}

export class SuppressionNoticeDto implements SuppressionNoticeBody {
  @ApiProperty({ enum: SUPPRESSION_NOTICE_KINDS }) kind!: SuppressionNoticeBody['kind'];
  @ApiProperty({ enum: SUPPRESSION_NOTICE_SOURCES }) source!: SuppressionNoticeBody['source'];
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'null for the configuration.' })
  file_path!: string | null;
  @ApiProperty(COUNT) line!: number;
  @ApiProperty(OPTIONAL_TEXT) rule!: string | null;
  @ApiProperty({ type: 'string' }) message!: string;
}

export class ScanDto implements ScanBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({
    enum: SCAN_ORIGINS,
    description: 'import: its findings came in a document, and no scanner of ours ran.',
  })
  origin!: ScanOrigin;
  @ApiProperty({ type: 'string' }) project!: string;
  @ApiProperty(OPTIONAL_TEXT) target_path!: string | null;
  @ApiProperty(OPTIONAL_TEXT) target_url!: string | null;
  @ApiProperty(OPTIONAL_TEXT) target_host!: string | null;
  @ApiProperty({ enum: SCAN_TYPES, isArray: true }) scan_types!: ScanType[];
  @ApiProperty({ type: 'string', isArray: true, nullable: true }) scanners!: string[] | null;
  @ApiProperty({ type: 'boolean' }) active!: boolean;
  @ApiProperty({ type: 'boolean' }) history!: boolean;
  @ApiProperty({ type: 'boolean' }) baseline_host_probes!: boolean;
  @ApiProperty({
    type: 'boolean',
    description: 'Whether a language model may be asked about the findings.',
  })
  ai!: boolean;
  @ApiProperty({ enum: SCAN_STATUSES }) status!: ScanStatus;
  @ApiProperty({ type: 'integer', minimum: 1, nullable: true }) queue_position!: number | null;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'The name of whoever asked for it; null where nobody had to be recognised.',
  })
  requested_by!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time' }) created_at!: string;
  @ApiProperty(OPTIONAL_TIME) started_at!: string | null;
  @ApiProperty(OPTIONAL_TIME) completed_at!: string | null;
  @ApiProperty({ ...COUNT, description: 'Active ones.' }) findings_count!: number;
  @ApiProperty({ ...COUNT, description: 'Listed with the others, but counted nowhere else.' })
  suppressed_count!: number;
  @ApiProperty({ type: 'number', minimum: 0, maximum: 100, nullable: true }) risk_score!:
    number | null;
  @ApiProperty(OPTIONAL_TEXT) summary!: string | null;
  @ApiProperty(OPTIONAL_TEXT) error!: string | null;
  @ApiProperty({ type: 'string', isArray: true }) scanners_run!: string[];
  @ApiProperty({ type: SkippedScannerDto, isArray: true }) scanners_skipped!: SkippedScannerDto[];
  @ApiProperty({ type: ScannerOutcomeDto, isArray: true }) scanner_outcomes!: ScannerOutcomeDto[];
  @ApiProperty({ type: ScanImportDto, nullable: true, description: 'null but for imports.' })
  imported!: ScanImportDto | null;
  @ApiProperty({
    type: SuppressionNoticeDto,
    isArray: true,
    description:
      'The first 100 of what is to be said of suppressions: expired, of no use, or malformed.',
  })
  suppression_notices!: SuppressionNoticeDto[];
  @ApiProperty(COUNT) suppression_notices_count!: number;
}

export class ScanSummaryDto implements ScanSummaryBody {
  @ApiProperty(COUNT) total_findings!: number;
  @ApiProperty(COUNT) suppressed_findings!: number;
  @ApiProperty(COUNT) critical!: number;
  @ApiProperty(COUNT) high!: number;
  @ApiProperty(COUNT) medium!: number;
  @ApiProperty(COUNT) low!: number;
  @ApiProperty(COUNT) info!: number;
  @ApiProperty({ type: 'number', minimum: 0, maximum: 100 }) risk_score!: number;
  @ApiProperty({ type: 'string', isArray: true }) scanners_run!: string[];
}
