import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { digitsToNumber } from '../../../common/pagination';

export class EventStreamQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Resume after this event; the header Last-Event-ID says the same and wins.',
  })
  @IsOptional()
  @Min(0)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  last_event_id?: number;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: 1024,
    description: 'From POST /api/v1/scans/{id}/event-token, in place of a key in a header.',
  })
  @IsOptional()
  @MaxLength(1024)
  @IsString()
  event_token?: string;
}
