import {
  type BlockedHeadBody,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_FILTER_EVENTS,
  WEBHOOK_FORMATS,
  type WebhookBody,
  type WebhookChangeBody,
  type WebhookCreatedBody,
  type WebhookDisabledReason,
  type WebhookEventName,
  type WebhookFormat,
  type WebhookRequestBody,
  type WebhookSecretBody,
  type WebhookTestBody,
} from '@securescan/contracts';
import { CUSTOM_HEADER_LIMITS } from '@securescan/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { MayBeAbsent } from '../../../common/may-be-absent';
import { AreCustomHeaders } from './are-custom-headers';

const MAX_NAME_LENGTH = 200;
const MAX_URL_LENGTH = 2000;
const MAX_EVENTS = 20;

const TIME = { type: 'string', format: 'date-time' } as const;
const ID = { type: 'string', format: 'uuid' } as const;
const EVENTS = { enum: WEBHOOK_FILTER_EVENTS, isArray: true } as const;
const FILTER = {
  ...EVENTS,
  minItems: 1,
  maxItems: MAX_EVENTS,
  description: 'What it is told of. webhook.test comes when asked for, whatever stands here.',
} as const;
const NAME = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_NAME_LENGTH,
  example: 'tickets of the shop',
} as const;
const PLAIN_NAME = /^\S(?:\P{Cc}*\S)?$/u;
const NAME_RULE = {
  message: '$property must not begin or end with white space, nor hold control characters',
};
const URL_FIELD = {
  type: 'string',
  minLength: 8,
  maxLength: MAX_URL_LENGTH,
  description:
    'http or https, without user name, password or fragment. Kept encrypted: later its origin alone is shown.',
  example: 'https://hooks.example.com/securescan',
} as const;
const HEADERS = {
  type: 'object',
  additionalProperties: { type: 'string', minLength: 1, maxLength: CUSTOM_HEADER_LIMITS.value },
  maxProperties: CUSTOM_HEADER_LIMITS.count,
  description:
    'Go along with every message; none that SecureScan or the connection sets. Kept encrypted: later the names alone are shown.',
  example: { Authorization: 'Bearer 0123' },
} as const;
const FORMAT = {
  enum: WEBHOOK_FORMATS,
  description:
    'The shape of the bodies: ours for programs, or what that chat takes. Default: what the URL is known to take. Messages that wait already keep theirs.',
} as const;
const ORDERED = {
  type: 'boolean',
  description:
    'Whether a younger message waits for an elder one that has failed, for up to 30 minutes. Default: true for generic, false for chats.',
} as const;

export class WebhookIdDto {
  @ApiProperty(ID)
  @IsUUID()
  id!: string;
}

export class WebhookRequestDto implements WebhookRequestBody {
  @ApiProperty(NAME)
  @Matches(PLAIN_NAME, NAME_RULE)
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  name!: string;

  @ApiProperty(URL_FIELD)
  @MaxLength(MAX_URL_LENGTH)
  @IsString()
  url!: string;

  @ApiProperty(FILTER)
  @IsIn(WEBHOOK_FILTER_EVENTS, { each: true })
  @ArrayMaxSize(MAX_EVENTS)
  @ArrayMinSize(1)
  @IsArray()
  event_filter!: WebhookEventName[];

  @ApiPropertyOptional(FORMAT)
  @MayBeAbsent()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormat;

  @ApiPropertyOptional(ORDERED)
  @MayBeAbsent()
  @IsBoolean()
  ordered?: boolean;

  @ApiPropertyOptional({ type: 'boolean', default: true })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional(HEADERS)
  @MayBeAbsent()
  @AreCustomHeaders()
  headers?: Record<string, string>;
}

export class WebhookChangeDto implements WebhookChangeBody {
  @ApiPropertyOptional({ ...NAME, nullable: true })
  @IsOptional()
  @Matches(PLAIN_NAME, NAME_RULE)
  @MaxLength(MAX_NAME_LENGTH)
  @MinLength(1)
  @IsString()
  name?: string | null;

  @ApiPropertyOptional({ ...URL_FIELD, nullable: true })
  @IsOptional()
  @MaxLength(MAX_URL_LENGTH)
  @IsString()
  url?: string | null;

  @ApiPropertyOptional({ ...FILTER, nullable: true })
  @IsOptional()
  @IsIn(WEBHOOK_FILTER_EVENTS, { each: true })
  @ArrayMaxSize(MAX_EVENTS)
  @ArrayMinSize(1)
  @IsArray()
  event_filter?: WebhookEventName[] | null;

  @ApiPropertyOptional({ ...FORMAT, nullable: true })
  @IsOptional()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormat | null;

  @ApiPropertyOptional({ ...ORDERED, nullable: true })
  @IsOptional()
  @IsBoolean()
  ordered?: boolean | null;

  @ApiPropertyOptional({
    type: 'boolean',
    nullable: true,
    description: 'What waits while it is disabled is sent once it is enabled again.',
  })
  @IsOptional()
  @IsBoolean()
  enabled?: boolean | null;

  @ApiPropertyOptional({ ...HEADERS, nullable: true })
  @IsOptional()
  @AreCustomHeaders()
  headers?: Record<string, string> | null;
}

export class BlockedHeadDto implements BlockedHeadBody {
  @ApiProperty(ID) delivery_id!: string;
  @ApiProperty({ enum: WEBHOOK_FILTER_EVENTS }) event!: WebhookEventName;
  @ApiProperty({ type: 'integer', minimum: 1, description: 'How many attempts there were.' })
  attempt!: number;
  @ApiProperty(TIME) holds_since!: string;
  @ApiProperty(TIME) next_attempt_at!: string;
  @ApiProperty({ ...TIME, description: 'From then on the younger ones wait no longer.' })
  steps_aside_at!: string;
}

export class WebhookDto implements WebhookBody {
  @ApiProperty(ID) id!: string;
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty({ type: 'string', description: 'The origin, and a mask for the rest.' })
  url!: string;
  @ApiProperty({ enum: WEBHOOK_FORMATS }) format!: WebhookFormat;
  @ApiProperty(EVENTS) event_filter!: WebhookEventName[];
  @ApiProperty({ type: 'boolean' }) ordered!: boolean;
  @ApiProperty({ type: 'boolean' }) enabled!: boolean;
  @ApiProperty({
    enum: WEBHOOK_DISABLED_REASONS,
    type: 'string',
    nullable: true,
    description:
      'request: somebody said so; gone: the receiver answered 410; failing: nothing could be delivered for five days.',
  })
  disabled_reason!: WebhookDisabledReason | null;
  @ApiProperty({ ...TIME, nullable: true }) disabled_at!: string | null;
  @ApiProperty({ type: 'string', isArray: true }) header_names!: string[];
  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'Until then messages carry the signature of the secret before as well.',
  })
  previous_secret_until!: string | null;
  @ApiProperty({
    type: 'boolean',
    description:
      'false where what is stored was encrypted with another secret key; nothing is sent meanwhile.',
  })
  secrets_readable!: boolean;
  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'Of the first attempt that failed since the last that succeeded.',
  })
  failing_since!: string | null;
  @ApiProperty({ ...TIME, nullable: true, description: 'The receiver asked to wait until then.' })
  paused_until!: string | null;
  @ApiProperty({
    type: BlockedHeadDto,
    nullable: true,
    description: 'The message that has failed and that younger ones wait for.',
  })
  blocked_by!: BlockedHeadDto | null;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    description: 'Deliveries that have not ended.',
  })
  open_deliveries!: number;
  @ApiProperty(TIME) created_at!: string;
  @ApiProperty(TIME) updated_at!: string;
}

export class WebhookSecretDto implements WebhookSecretBody {
  @ApiProperty({ type: 'string', description: 'Shown this once.' }) secret!: string;
}

export class WebhookCreatedDto extends WebhookDto implements WebhookCreatedBody {
  @ApiProperty({ type: 'string', description: 'Shown this once.' }) secret!: string;
}

export class WebhookTestDto implements WebhookTestBody {
  @ApiProperty(ID) delivery_id!: string;
  @ApiProperty(ID) webhook_id!: string;
  @ApiProperty({ enum: ['webhook.test'] }) event!: 'webhook.test';
}
