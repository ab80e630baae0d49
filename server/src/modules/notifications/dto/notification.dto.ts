import {
  type MarkedReadBody,
  NOTIFICATION_SEVERITIES,
  NOTIFICATION_TYPES,
  type NotificationBody,
  type NotificationSeverity,
  type NotificationType,
  type UnreadCountBody,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { digitsToNumber, MAX_PAGE_SIZE, PageQueryDto } from '../../../common/pagination';
import { toBoolean } from '../../../common/query-values';

const DEFAULT_NOTIFICATIONS = 50;

export class NotificationIdDto {
  @ApiProperty({ type: 'string', format: 'uuid' })
  @IsUUID()
  id!: string;
}

export class NotificationListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_NOTIFICATIONS,
  })
  @IsOptional()
  @Max(MAX_PAGE_SIZE)
  @Min(1)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  override limit: number = DEFAULT_NOTIFICATIONS;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Only what the caller has not read.',
  })
  @IsOptional()
  @IsBoolean()
  @Transform(toBoolean)
  unread_only: boolean = false;

  @ApiPropertyOptional({ enum: NOTIFICATION_TYPES })
  @IsOptional()
  @IsIn(NOTIFICATION_TYPES)
  type?: NotificationType;

  @ApiPropertyOptional({ enum: NOTIFICATION_SEVERITIES })
  @IsOptional()
  @IsIn(NOTIFICATION_SEVERITIES)
  severity?: NotificationSeverity;
}

export class NotificationDto implements NotificationBody {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ enum: NOTIFICATION_TYPES }) type!: NotificationType;
  @ApiProperty({ enum: NOTIFICATION_SEVERITIES }) severity!: NotificationSeverity;
  @ApiProperty({ type: 'string', description: 'Plain text, as is `body`.' }) title!: string;
  @ApiProperty({ type: 'string', nullable: true }) body!: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'A page of the dashboard; null where there is none, or no longer.',
  })
  link!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) scan_id!: string | null;
  @ApiProperty({ type: 'boolean', description: 'It was about a scan that is no longer there.' })
  scan_deleted!: boolean;
  @ApiProperty({ type: 'string', format: 'date-time' }) created_at!: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the caller read it first.',
  })
  read_at!: string | null;
}

export class UnreadCountDto implements UnreadCountBody {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1000 }) count!: number;
  @ApiProperty({ type: 'boolean', description: 'false where there are more.' }) is_exact!: boolean;
}

export class MarkedReadDto implements MarkedReadBody {
  @ApiProperty({ type: 'integer', minimum: 0 }) marked_read!: number;
}
