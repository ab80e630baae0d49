import { COMPARISON_CLASSES, type ComparisonClass } from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';

const MAX_ID_LENGTH = 64;
const BASE = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_ID_LENGTH,
  description: 'Id of the scan that the other one is compared with, mostly the older.',
} as const;
const HEAD = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_ID_LENGTH,
  description: 'Id of a scan of the same project and target.',
} as const;

export class ComparisonQueryDto {
  @ApiProperty(BASE)
  @MaxLength(MAX_ID_LENGTH)
  @MinLength(1)
  @IsString()
  base!: string;

  @ApiProperty(HEAD)
  @MaxLength(MAX_ID_LENGTH)
  @MinLength(1)
  @IsString()
  head!: string;
}

export class ComparedFindingsQueryDto extends PageQueryDto {
  @ApiProperty(BASE)
  @MaxLength(MAX_ID_LENGTH)
  @MinLength(1)
  @IsString()
  base!: string;

  @ApiProperty(HEAD)
  @MaxLength(MAX_ID_LENGTH)
  @MinLength(1)
  @IsString()
  head!: string;

  @ApiPropertyOptional({ enum: COMPARISON_CLASSES, default: 'new' })
  @IsOptional()
  @IsIn(COMPARISON_CLASSES)
  class: ComparisonClass = 'new';
}

/** `github-review` needs the lines of a pull request, which the server does not know. */
export const COMPARISON_FORMATS = ['json', 'sarif', 'text', 'github-pr-comment'] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

export class ComparisonReportQueryDto extends ComparisonQueryDto {
  @ApiPropertyOptional({ enum: COMPARISON_FORMATS, default: 'json' })
  @IsOptional()
  @IsIn(COMPARISON_FORMATS)
  format: ComparisonFormat = 'json';

  @ApiPropertyOptional({
    type: 'boolean',
    default: true,
    description: 'Whether suppressed findings are listed; they are counted either way.',
  })
  @IsOptional()
  @IsBoolean()
  @Transform(
    ({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value,
  )
  suppressed = true;
}
