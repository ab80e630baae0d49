import { SBOM_FORMATS, type SbomFormat } from '@securescan/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';
import { MAX_PATH_LENGTH } from '../../../common/plain-text';

const MAX_ID_LENGTH = 64;
const MAX_SEARCH_LENGTH = 200;

export class SbomIdDto {
  @ApiProperty({ type: 'string', maxLength: MAX_ID_LENGTH })
  @MaxLength(MAX_ID_LENGTH)
  @IsString()
  id!: string;
}

export class SbomScanIdDto {
  @ApiProperty({ type: 'string', maxLength: MAX_ID_LENGTH })
  @MaxLength(MAX_ID_LENGTH)
  @IsString()
  scan_id!: string;
}

export class SbomFormatQueryDto {
  @ApiPropertyOptional({ enum: SBOM_FORMATS, default: 'cyclonedx' })
  @IsOptional()
  @IsIn(SBOM_FORMATS)
  format: SbomFormat = 'cyclonedx';
}

function ExactText(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'string',
      minLength: 1,
      maxLength: MAX_PATH_LENGTH,
      description: 'Exactly as bills show it.',
    }),
    IsOptional(),
    MaxLength(MAX_PATH_LENGTH),
    MinLength(1),
    IsString(),
  );
}

export class SbomHistoryQueryDto extends PageQueryDto {
  @ExactText()
  project?: string;

  @ExactText()
  target_path?: string;
}

export class SbomComponentsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_SEARCH_LENGTH,
    description:
      'Words that all occur in package URL, name, version or licences, in whatever case.',
    example: 'lodash mit',
  })
  @IsOptional()
  @MaxLength(MAX_SEARCH_LENGTH)
  @MinLength(1)
  @IsString()
  q?: string;
}

function BillId(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH, description }),
    IsString(),
    MinLength(1),
    MaxLength(MAX_ID_LENGTH),
  );
}

export class SbomDiffQueryDto {
  @BillId(
    'Id of a bill, or of a scan that has one, that the other is compared with; mostly the older.',
  )
  base!: string;

  @BillId('Id of a bill, or of a scan that has one.')
  head!: string;
}
