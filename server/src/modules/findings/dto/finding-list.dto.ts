import {
  SCAN_TYPES,
  SEVERITIES,
  type ScanType,
  type Severity,
  VERDICTS,
  type Verdict,
} from '@securescan/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';
import { toBoolean } from '../../../common/query-values';
import { FINDING_SORTS, type FindingSort, OFFERED_LISTS } from '../lists/offered-lists';

const MAX_VALUES = 20;
const MAX_RULE_LENGTH = 512;
const MAX_TAG_LENGTH = 64;
const MAX_SEARCH_LENGTH = 200;
const SEVERAL = 'Several as a list with commas, or repeated: any of them.';

/** `a,b`, repeated parameters, or both, as a list; what is no text stays and fails the check. */
function toList({ value }: { value: unknown }): unknown {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return parts.flatMap((part) => (typeof part === 'string' ? part.split(',') : [part]));
}

function pairsInWords(): string {
  return FINDING_SORTS.map(
    (sort) => `${sort} takes ${OFFERED_LISTS[sort].join(', ') || 'none'}`,
  ).join('; ');
}

export class FindingListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: SEVERITIES, isArray: true, description: SEVERAL })
  @IsOptional()
  @IsIn(SEVERITIES, { each: true })
  @ArrayMaxSize(MAX_VALUES)
  @ArrayMinSize(1)
  @IsArray()
  @Transform(toList)
  severity?: Severity[];

  @ApiPropertyOptional({ enum: SCAN_TYPES, isArray: true, description: SEVERAL })
  @IsOptional()
  @IsIn(SCAN_TYPES, { each: true })
  @ArrayMaxSize(MAX_VALUES)
  @ArrayMinSize(1)
  @IsArray()
  @Transform(toList)
  scan_type?: ScanType[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', pattern: '^[a-z0-9_-]{1,64}$' },
    maxItems: MAX_VALUES,
    description: `The one that the finding is listed under. ${SEVERAL}`,
    example: ['semgrep'],
  })
  @IsOptional()
  @Matches(/^[a-z0-9_-]{1,64}$/, { each: true, message: '$property must hold names of scanners' })
  @ArrayMaxSize(MAX_VALUES)
  @ArrayMinSize(1)
  @IsArray()
  @Transform(toList)
  scanner?: string[];

  @ApiPropertyOptional({
    enum: VERDICTS,
    isArray: true,
    description: `The verdict that counts in the scan's project; \`new\` is also what nobody has decided about. ${SEVERAL}`,
  })
  @IsOptional()
  @IsIn(VERDICTS, { each: true })
  @ArrayMaxSize(MAX_VALUES)
  @ArrayMinSize(1)
  @IsArray()
  @Transform(toList)
  status?: Verdict[];

  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_RULE_LENGTH })
  @IsOptional()
  @MaxLength(MAX_RULE_LENGTH)
  @MinLength(1)
  @IsString()
  rule_id?: string;

  @ApiPropertyOptional({ type: 'string', pattern: '^CWE-\\d{1,6}$', example: 'CWE-89' })
  @IsOptional()
  @Matches(/^CWE-\d{1,6}$/, { message: '$property must be written like CWE-89' })
  cwe?: string;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_TAG_LENGTH,
    description: 'A whole tag, with its framework.',
    example: 'OWASP-A03',
  })
  @IsOptional()
  @MaxLength(MAX_TAG_LENGTH)
  @MinLength(1)
  @IsString()
  compliance?: string;

  @ApiPropertyOptional({
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'Who the finding is: all its occurrences.',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 lower-case hex digits' })
  fingerprint?: string;

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Only those that somebody has muted, or only the others. Left out: both.',
  })
  @IsOptional()
  @IsBoolean()
  @Transform(toBoolean)
  suppressed?: boolean;

  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_SEARCH_LENGTH,
    description:
      'Words that all occur in title, description, path, rule or CWE. A term such as `src/app.ts`, or one in double quotes, is found as a phrase.',
    example: 'sql "request parameter"',
  })
  @IsOptional()
  @MaxLength(MAX_SEARCH_LENGTH)
  @MinLength(1)
  @IsString()
  q?: string;

  @ApiPropertyOptional({
    enum: FINDING_SORTS,
    default: 'severity',
    description: `severity: worst first, then scanner, rule and file. file: by path, then as by severity. rule: by rule, then as by severity. Filters: ${pairsInWords()}.`,
  })
  @IsOptional()
  @IsIn(FINDING_SORTS)
  sort: FindingSort = 'severity';
}
