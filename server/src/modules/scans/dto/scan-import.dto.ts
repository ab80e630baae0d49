import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { MAX_PATH_LENGTH, NO_CONTROL_CHARACTERS, PLAIN_TEXT } from '../../../common/plain-text';

const MAX_PROJECT_LENGTH = 500;

export class ScanImportQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    minLength: 1,
    maxLength: MAX_PROJECT_LENGTH,
    description:
      'The project that the findings belong to, as scans of it show it. Needed where the document names none; it comes before what the document says.',
    example: 'github.com/ada/shop',
  })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PROJECT_LENGTH)
  @MinLength(1)
  @IsString()
  project?: string;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_PATH_LENGTH,
    description:
      'The directory in which the tool ran, where its SARIF names files by absolute paths: what lies below it is told relative to it. Nothing is read from there.',
    example: '/build/shop',
  })
  @IsOptional()
  @Matches(/^(?:\/|[A-Za-z]:[\\/]|file:\/\/)/, { message: '$property must be an absolute path' })
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PATH_LENGTH)
  @IsString()
  source_root?: string;
}
