import { SCAN_TYPES, type ScanRequestBody, type ScanType } from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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
import { MayBeAbsent } from '../../../common/may-be-absent';
import { MAX_PATH_LENGTH, NO_CONTROL_CHARACTERS, PLAIN_TEXT } from '../../../common/plain-text';

const MAX_SCAN_TYPES = SCAN_TYPES.length * 2;
const MAX_RULE_SETS = 20;
const MAX_SCANNERS = 50;

export class ScanRequestDto implements ScanRequestBody {
  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: MAX_PATH_LENGTH,
    description: 'Absolute path of a directory or file on the server, inside the allowed roots.',
    example: '/home/ada/shop',
  })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @MaxLength(MAX_PATH_LENGTH)
  @MinLength(1)
  @IsString()
  target_path?: string | null;

  @ApiPropertyOptional({
    enum: SCAN_TYPES,
    isArray: true,
    minItems: 1,
    maxItems: MAX_SCAN_TYPES,
    description:
      "Default: the types of the named scanners, else those of the project's .securescan.yml, else code, dependency and iac.",
  })
  @MayBeAbsent()
  @IsIn(SCAN_TYPES, { each: true })
  @ArrayMaxSize(MAX_SCAN_TYPES)
  @ArrayMinSize(1)
  @IsArray()
  scan_types?: ScanType[];

  @ApiPropertyOptional({
    type: 'string',
    isArray: true,
    minItems: 1,
    maxItems: MAX_SCANNERS,
    description:
      'Runs only these, by the names that GET /api/v1/dashboard/status lists. Alone it decides the types too.',
    example: ['secrets', 'semgrep'],
  })
  @MayBeAbsent()
  @Matches(/^[a-z][a-z0-9_-]*$/, { each: true, message: '$property must hold names of scanners' })
  @MaxLength(64, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(MAX_SCANNERS)
  @ArrayMinSize(1)
  @IsArray()
  scanners?: string[];

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 2048,
    description: 'Needed by type dast. Its host must be among SECURESCAN_NETWORK_TARGETS.',
    example: 'https://shop.example.com/',
  })
  @IsOptional()
  @Matches(NO_CONTROL_CHARACTERS, PLAIN_TEXT)
  @Matches(/^https?:\/\/[^\s/]/i, { message: '$property must begin with http:// or https://' })
  @MaxLength(2048)
  @IsString()
  target_url?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 253,
    description:
      'Needed by type network: a host name, an address or a CIDR range among SECURESCAN_NETWORK_TARGETS.',
    example: '10.1.2.0/28',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9[:][A-Za-z0-9.:_/[\]-]*$/, {
    message: '$property must be a host name, an address or a CIDR range',
  })
  @MaxLength(253)
  @IsString()
  target_host?: string | null;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Lets ZAP attack the application at target_url.',
  })
  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: "Lets the secrets scanner read git's history too.",
  })
  @MayBeAbsent()
  @IsBoolean()
  history?: boolean;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description:
      "Lets the baseline scanner judge the server's own machine. Needs / among SECURESCAN_SCAN_ROOTS.",
  })
  @MayBeAbsent()
  @IsBoolean()
  baseline_host_probes?: boolean;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description:
      "Lets the operator's language model be asked how to mend what is critical or high: what is told of a finding leaves the server. Needs SECURESCAN_AI_BASE_URL.",
  })
  @MayBeAbsent()
  @IsBoolean()
  ai?: boolean;

  @ApiPropertyOptional({
    type: 'string',
    isArray: true,
    maxItems: MAX_RULE_SETS,
    description:
      "Absolute paths inside the allowed roots, registry packs (p/ci) or auto. Default: what the operator names, else the project's .securescan.yml, else the pack that ships with the product.",
  })
  @MayBeAbsent()
  @Matches(NO_CONTROL_CHARACTERS, { ...PLAIN_TEXT, each: true })
  @MaxLength(MAX_PATH_LENGTH, { each: true })
  @MinLength(1, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(MAX_RULE_SETS)
  @IsArray()
  semgrep_rules?: string[];
}

export class ScanIdDto {
  @ApiProperty({ type: 'string', maxLength: 64 })
  @MaxLength(64)
  @IsString()
  id!: string;
}
