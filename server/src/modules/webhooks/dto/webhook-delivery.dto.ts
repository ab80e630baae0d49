import {
  DELIVERY_LANES,
  DELIVERY_STATUSES,
  type DeliveryLane,
  type DeliveryStatus,
  WEBHOOK_EVENTS,
  WEBHOOK_FILTER_EVENTS,
  type WebhookAttemptBody,
  type WebhookDeliveryBody,
  type WebhookDeliveryDetailBody,
  type WebhookEventName,
  type WebhookReplayBody,
  type WebhookReplayRequestBody,
} from '@securescan/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { Instant, InstantQuery } from '../../../common/instant-query.decorator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { PageQueryDto } from '../../../common/pagination';
import { WebhookIdDto } from './webhook.dto';

const TIME = { type: 'string', format: 'date-time' } as const;
const ID = { type: 'string', format: 'uuid' } as const;
const TEXT = { type: 'string', nullable: true } as const;
const ENDED_STATUSES = ['succeeded', 'failed', 'skipped'] as const satisfies DeliveryStatus[];
const MAX_WORDS = 20;

export class DeliveryIdDto extends WebhookIdDto {
  @ApiProperty(ID)
  @IsUUID()
  delivery!: string;
}

export class DeliveryListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @ApiPropertyOptional({ enum: WEBHOOK_FILTER_EVENTS })
  @IsOptional()
  @IsIn(WEBHOOK_FILTER_EVENTS)
  event?: WebhookEventName;

  @InstantQuery('Made after then.')
  created_after?: string;

  @InstantQuery('Made before then.')
  created_before?: string;
}

export class WebhookDeliveryDto implements WebhookDeliveryBody {
  @ApiProperty(ID) id!: string;
  @ApiProperty(ID) webhook_id!: string;
  @ApiProperty({
    ...ID,
    description: 'In the body and the headers; the same for what is sent once more.',
  })
  message_id!: string;
  @ApiProperty({ enum: WEBHOOK_FILTER_EVENTS }) event!: WebhookEventName;
  @ApiProperty({
    enum: DELIVERY_LANES,
    description: 'Messages wait for one another within a lane alone.',
  })
  lane!: DeliveryLane;
  @ApiProperty({ enum: DELIVERY_STATUSES }) status!: DeliveryStatus;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'How many attempts there were.' })
  attempt!: number;
  @ApiProperty({ ...TIME, nullable: true, description: 'null unless it is pending.' })
  next_attempt_at!: string | null;
  @ApiProperty({ ...TIME, nullable: true, description: 'Since then younger ones go before it.' })
  stepped_aside_at!: string | null;
  @ApiProperty({ ...ID, nullable: true, description: 'The delivery that this one repeats.' })
  redelivery_of!: string | null;
  @ApiProperty(TIME) occurred_at!: string;
  @ApiProperty(TIME) created_at!: string;
  @ApiProperty(TIME) updated_at!: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of the last attempt, like the two below.',
  })
  response_code!: number | null;
  @ApiProperty({ ...TEXT, description: 'Plain text from a stranger: escape it.' })
  response_body!: string | null;
  @ApiProperty({ ...TEXT, description: 'Why there was no answer.' }) error!: string | null;
}

export class WebhookAttemptDto implements WebhookAttemptBody {
  @ApiProperty({ type: 'integer', minimum: 1 }) attempt!: number;
  @ApiProperty(TIME) started_at!: string;
  @ApiProperty({ type: 'integer', minimum: 0 }) duration_ms!: number;
  @ApiProperty({ type: 'integer', nullable: true }) response_code!: number | null;
  @ApiProperty(TEXT) response_body!: string | null;
  @ApiProperty(TEXT) error!: string | null;
}

export class WebhookDeliveryDetailDto
  extends WebhookDeliveryDto
  implements WebhookDeliveryDetailBody
{
  @ApiProperty({ type: 'string', description: 'The body as it is sent.' }) payload!: string;
  @ApiProperty({ type: WebhookAttemptDto, isArray: true }) attempts!: WebhookAttemptDto[];
}

export class WebhookReplayRequestDto implements WebhookReplayRequestBody {
  @Instant('The first instant of the range.')
  from!: string;

  @Instant('The first instant behind the range.')
  to!: string;

  @ApiPropertyOptional({
    enum: WEBHOOK_EVENTS,
    isArray: true,
    minItems: 1,
    maxItems: MAX_WORDS,
    description: 'Default: all.',
  })
  @MayBeAbsent()
  @IsIn(WEBHOOK_EVENTS, { each: true })
  @ArrayMaxSize(MAX_WORDS)
  @ArrayMinSize(1)
  @IsArray()
  events?: WebhookEventName[];

  @ApiPropertyOptional({
    enum: ENDED_STATUSES,
    isArray: true,
    minItems: 1,
    maxItems: MAX_WORDS,
    description: 'Default: all that have ended.',
  })
  @MayBeAbsent()
  @IsIn(ENDED_STATUSES, { each: true })
  @ArrayMaxSize(MAX_WORDS)
  @ArrayMinSize(1)
  @IsArray()
  statuses?: DeliveryStatus[];
}

export class WebhookReplayDto implements WebhookReplayBody {
  @ApiProperty({ type: 'integer', minimum: 0 }) redelivered!: number;
}
