import { COMPARISON_CLASSES, type ComparisonClass } from '@securescan/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';
import { SuppressedFlag } from '../../reports/dto/suppressed-flag';

const MAX_ID_LENGTH = 64;
const BASE = 'Id of the scan that the other one is compared with, mostly the older.';
const HEAD = 'Id of a scan of the same project and target.';

function ScanIdOf(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH, description }),
    IsString(),
    MinLength(1),
    MaxLength(MAX_ID_LENGTH),
  );
}

export class ComparisonQueryDto {
  @ScanIdOf(BASE)
  base!: string;

  @ScanIdOf(HEAD)
  head!: string;
}

export class ComparedFindingsQueryDto extends PageQueryDto {
  @ScanIdOf(BASE)
  base!: string;

  @ScanIdOf(HEAD)
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

  @SuppressedFlag()
  suppressed = true;
}
