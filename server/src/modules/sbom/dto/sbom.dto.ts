import {
  type SbomBody,
  type SbomComponentBody,
  type SbomDiffBody,
  type SbomLicenseChangeBody,
  type SbomVersionChangeBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const TEXT = { type: 'string' } as const;
const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const TEXTS = { type: 'string', isArray: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const SCOPES = ['required', 'optional', 'dev'] as const;

export class SbomDto implements SbomBody {
  @ApiProperty(TEXT) id!: string;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'The scan that it was made in; null where that was deleted.',
  })
  scan_id!: string | null;
  @ApiProperty(TEXT) project!: string;
  @ApiProperty(TEXT) target_path!: string;
  @ApiProperty({ ...TEXT, description: 'What the bill calls the project.' }) name!: string;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty(COUNT) component_count!: number;
  @ApiProperty({
    type: 'boolean',
    description: 'False where something is known to be missing; the documents say what.',
  })
  complete!: boolean;
  @ApiProperty({ type: 'string', format: 'date-time' }) created_at!: string;
}

export class SbomComponentDto implements SbomComponentBody {
  @ApiProperty({ ...TEXT, description: 'Unique in its bill; its package URL where it has one.' })
  ref!: string;
  @ApiProperty(OPTIONAL_TEXT) purl!: string | null;
  @ApiProperty({ ...TEXT, description: 'As in package URLs.', example: 'npm' }) type!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty({ enum: SCOPES }) scope!: SbomComponentBody['scope'];
  @ApiProperty(TEXTS) licenses!: string[];
  @ApiProperty({ ...TEXTS, description: 'Lock files that name it.' }) found_in!: string[];
}

export class SbomVersionChangeDto implements SbomVersionChangeBody {
  @ApiProperty({ ...TEXT, description: 'Package URL without a version.' }) package!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty(TEXT) type!: string;
  @ApiProperty({ ...TEXTS, description: 'Versions that went.' }) from!: string[];
  @ApiProperty({ ...TEXTS, description: 'Versions that came.' }) to!: string[];
}

export class SbomLicenseChangeDto implements SbomLicenseChangeBody {
  @ApiProperty(TEXT) ref!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty(OPTIONAL_TEXT) version!: string | null;
  @ApiProperty(TEXTS) from!: string[];
  @ApiProperty(TEXTS) to!: string[];
}

export class SbomDiffCountsDto {
  @ApiProperty(COUNT) added!: number;
  @ApiProperty(COUNT) removed!: number;
  @ApiProperty({ ...COUNT, description: 'Packages of which versions came and others went.' })
  changed!: number;
  @ApiProperty(COUNT) license_changed!: number;
  @ApiProperty(COUNT) unchanged!: number;
}

export class SbomDiffDto implements SbomDiffBody {
  @ApiProperty({ type: SbomDto }) base!: SbomDto;
  @ApiProperty({ type: SbomDto }) head!: SbomDto;
  @ApiProperty({ type: SbomDiffCountsDto }) counts!: SbomDiffCountsDto;
  @ApiProperty({ ...COUNT, description: 'How many of each list are shown at most.' })
  limit!: number;
  @ApiProperty({ type: SbomComponentDto, isArray: true }) added!: SbomComponentDto[];
  @ApiProperty({ type: SbomComponentDto, isArray: true }) removed!: SbomComponentDto[];
  @ApiProperty({ type: SbomVersionChangeDto, isArray: true }) changed!: SbomVersionChangeDto[];
  @ApiProperty({ type: SbomLicenseChangeDto, isArray: true })
  license_changed!: SbomLicenseChangeDto[];
}
