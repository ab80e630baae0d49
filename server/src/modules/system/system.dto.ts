import { ApiProperty } from '@nestjs/swagger';

export class BannerDto {
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string' }) status!: string;
  @ApiProperty({ type: 'string' }) docs!: string;
  @ApiProperty({ type: 'string' }) health!: string;
  @ApiProperty({ type: 'string' }) version!: string;
}

export class HealthDto {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

class DatabaseCheckDto {
  @ApiProperty({ enum: ['ok', 'fail'] }) status!: 'ok' | 'fail';
}

class ScannersCheckDto {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
  @ApiProperty({ type: 'integer' }) count!: number;
}

class ReadyChecksDto {
  @ApiProperty({ type: DatabaseCheckDto }) db!: DatabaseCheckDto;
  @ApiProperty({ type: ScannersCheckDto }) scanners!: ScannersCheckDto;
}

export interface ReadyBody {
  status: 'ready';
  checks: { db: { status: 'ok' | 'fail' }; scanners: { status: 'ok'; count: number } };
}

export class ReadyDto implements ReadyBody {
  @ApiProperty({ enum: ['ready'] }) status!: 'ready';
  @ApiProperty({ type: ReadyChecksDto }) checks!: ReadyChecksDto;
}
