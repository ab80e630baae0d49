import {
  SCAN_TYPES,
  type ScannerInstallBody,
  type ScannerStatusBody,
  type ScannerStatusListBody,
  type ScanType,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

export class ScannerStatusDto implements ScannerStatusBody {
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ enum: SCAN_TYPES }) scan_type!: ScanType;
  @ApiProperty({ type: 'boolean' }) available!: boolean;
  @ApiProperty({ type: 'string', nullable: true }) version!: string | null;
  @ApiProperty({ type: 'string' }) message!: string;
  @ApiProperty({ type: 'string' }) description!: string;
  @ApiProperty({ type: 'string', isArray: true }) checks!: string[];
  @ApiProperty({ type: 'string', nullable: true }) install_hint!: string | null;
  @ApiProperty({ type: 'boolean' }) needs_network!: boolean;
  @ApiProperty({ type: 'boolean' }) installable!: boolean;
}

export class ScannerStatusListDto implements ScannerStatusListBody {
  @ApiProperty({ type: ScannerStatusDto, isArray: true }) scanners!: ScannerStatusDto[];
  @ApiProperty({ type: 'boolean' }) can_advise!: boolean;
  @ApiProperty({ type: 'string', format: 'date-time' }) checked_at!: string;
}

export class ScannerNameDto {
  @ApiProperty({ type: 'string', maxLength: 64 })
  @MaxLength(64)
  @IsString()
  name!: string;
}

export class ScannerInstallDto implements ScannerInstallBody {
  @ApiProperty({ type: 'boolean' }) success!: boolean;
  @ApiProperty({ type: 'string' }) message!: string;
  @ApiProperty({ type: 'string' }) output!: string;
}
