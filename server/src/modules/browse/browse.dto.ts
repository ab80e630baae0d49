import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class BrowseQueryDto {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 4096,
    pattern: '^/',
    description: 'Absolute. Default: the first allowed root.',
  })
  @IsOptional()
  @Matches(/^\/\P{Cc}*$/u, { message: '$property must be an absolute path' })
  @MaxLength(4096)
  @IsString()
  path?: string;
}

export interface BrowseEntryBody {
  name: string;
  path: string;
  is_dir: boolean;
}

export interface BrowseBody {
  current: string;
  parent: string | null;
  entries: BrowseEntryBody[];
  truncated: boolean;
}

export class BrowseEntryDto implements BrowseEntryBody {
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string' }) path!: string;
  @ApiProperty({ type: 'boolean' }) is_dir!: boolean;
}

export class BrowseDto implements BrowseBody {
  @ApiProperty({ type: 'string' }) current!: string;
  @ApiProperty({ type: 'string', nullable: true }) parent!: string | null;
  @ApiProperty({ type: BrowseEntryDto, isArray: true }) entries!: BrowseEntryDto[];
  @ApiProperty({ type: 'boolean', description: 'True where not all entries are shown.' })
  truncated!: boolean;
}
