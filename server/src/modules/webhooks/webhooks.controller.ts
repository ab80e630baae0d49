import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type {
  WebhookBody,
  WebhookCreatedBody,
  WebhookSecretBody,
  WebhookTestBody,
} from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import { DeliveryCommands } from './delivery-commands.service';
import {
  WebhookChangeDto,
  WebhookCreatedDto,
  WebhookDto,
  WebhookIdDto,
  WebhookRequestDto,
  WebhookSecretDto,
  WebhookTestDto,
} from './dto/webhook.dto';
import { WebhookCommands } from './webhook-commands.service';
import { WebhooksService } from './webhooks.service';

@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly commands: WebhookCommands,
    private readonly deliveries: DeliveryCommands,
  ) {}

  @Summary('Subscribes a receiver to events', 'Its secret is in this answer and nowhere else.')
  @Post()
  @RequireScope('admin', { cost: 1 })
  @ApiCreatedResponse({ type: WebhookCreatedDto })
  @ApiErrors(409)
  async create(
    @Body() request: WebhookRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookCreatedBody> {
    const { id, secret } = await this.commands.create(request, actor);
    return { ...(await this.webhooks.get(id)), secret };
  }

  @Summary('Webhooks, newest first')
  @Get()
  @RequireScope('admin')
  @ApiPage(WebhookDto)
  list(@Query() query: PageQueryDto): Promise<Page<WebhookBody>> {
    return this.webhooks.page(query);
  }

  @Summary('One webhook, and how it fares')
  @Get(':id')
  @RequireScope('admin')
  @ApiOkResponse({ type: WebhookDto })
  @ApiErrors(404)
  get(@Param() { id }: WebhookIdDto): Promise<WebhookBody> {
    return this.webhooks.get(id);
  }

  @Summary('Changes a webhook', 'What is left out, or null, stays as it is; so does the secret.')
  @Patch(':id')
  @RequireScope('admin', { cost: 1 })
  @ApiOkResponse({ type: WebhookDto })
  @ApiErrors(404)
  async change(
    @Param() { id }: WebhookIdDto,
    @Body() changes: WebhookChangeDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookBody> {
    await this.commands.change(id, changes, actor);
    return this.webhooks.get(id);
  }

  @Summary('Removes a webhook with its deliveries', 'Nothing more is sent to it.')
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('admin')
  @ApiNoContentResponse()
  @ApiErrors(404)
  delete(@Param() { id }: WebhookIdDto, @CurrentActor() actor: Actor): Promise<void> {
    return this.commands.delete(id, actor);
  }

  @Summary(
    'Gives a webhook a new secret',
    'For 24 hours messages carry the signatures of both, so that receivers can change over.',
  )
  @Post(':id/rotate-secret')
  @HttpCode(200)
  @RequireScope('admin', { cost: 1 })
  @ApiOkResponse({ type: WebhookSecretDto })
  @ApiErrors(404)
  rotateSecret(
    @Param() { id }: WebhookIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookSecretBody> {
    return this.commands.rotateSecret(id, actor);
  }

  @Summary(
    'Sends a test message',
    'It waits for no other message, is tried once, and goes to a disabled webhook too. The delivery shows what came of it.',
  )
  @Post(':id/test')
  @HttpCode(202)
  @RequireScope('admin', { cost: 1 })
  @ApiAcceptedResponse({ type: WebhookTestDto })
  @ApiErrors(404, 409)
  async test(
    @Param() { id }: WebhookIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookTestBody> {
    const delivery = await this.deliveries.test(id, actor);
    return { delivery_id: delivery, webhook_id: id, event: 'webhook.test' };
  }
}
