import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type {
  WebhookDeliveryBody,
  WebhookDeliveryDetailBody,
  WebhookReplayBody,
} from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import { DeliveryCommands } from './delivery-commands.service';
import {
  DeliveryIdDto,
  DeliveryListQueryDto,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
  WebhookReplayDto,
  WebhookReplayRequestDto,
} from './dto/webhook-delivery.dto';
import { WebhookIdDto } from './dto/webhook.dto';
import { WebhooksService } from './webhooks.service';

@ApiTags('webhooks')
@Controller('api/v1/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly commands: DeliveryCommands,
  ) {}

  @Summary('What was and is to be sent to a webhook, newest first')
  @Get('deliveries')
  @RequireScope('admin')
  @ApiPage(WebhookDeliveryDto)
  @ApiErrors(404)
  list(
    @Param() { id }: WebhookIdDto,
    @Query() query: DeliveryListQueryDto,
  ): Promise<Page<WebhookDeliveryBody>> {
    return this.webhooks.deliveryPage(id, query);
  }

  @Summary('One delivery, with its body and every attempt')
  @Get('deliveries/:delivery')
  @RequireScope('admin')
  @ApiOkResponse({ type: WebhookDeliveryDetailDto })
  @ApiErrors(404)
  get(@Param() { id, delivery }: DeliveryIdDto): Promise<WebhookDeliveryDetailBody> {
    return this.webhooks.delivery(id, delivery);
  }

  @Summary(
    'Sends what has ended once more',
    'A delivery of its own with the same message, which waits for no event and says that it is out of order.',
  )
  @Post('deliveries/:delivery/redeliver')
  @HttpCode(202)
  @RequireScope('admin', { cost: 1 })
  @ApiAcceptedResponse({ type: WebhookDeliveryDetailDto })
  @ApiErrors(404, 409)
  async redeliver(
    @Param() { id, delivery }: DeliveryIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookDeliveryDetailBody> {
    const made = await this.commands.redeliver(id, delivery, actor);
    return this.webhooks.delivery(id, made);
  }

  @Summary(
    'Ends a delivery that has not ended',
    'Younger ones wait for it no longer. It can be sent once more later.',
  )
  @Post('deliveries/:delivery/skip')
  @HttpCode(200)
  @RequireScope('admin', { cost: 1 })
  @ApiOkResponse({ type: WebhookDeliveryDetailDto })
  @ApiErrors(404, 409)
  async skip(
    @Param() { id, delivery }: DeliveryIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookDeliveryDetailBody> {
    await this.commands.skip(id, delivery, actor);
    return this.webhooks.delivery(id, delivery);
  }

  @Summary(
    'Sends what events of a time brought once more',
    'Up to 1000 deliveries that have ended, in their order.',
  )
  @Post('replay')
  @HttpCode(202)
  @RequireScope('admin', { cost: 2 })
  @ApiAcceptedResponse({ type: WebhookReplayDto })
  @ApiErrors(404, 409)
  async replay(
    @Param() { id }: WebhookIdDto,
    @Body() request: WebhookReplayRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<WebhookReplayBody> {
    return { redelivered: await this.commands.replay(id, request, actor) };
  }
}
