import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { DeliveriesRepository } from './deliveries.repository';
import { DeliveryCommands } from './delivery-commands.service';
import { DeliveryDispatcher } from './delivery-dispatcher';
import { DeliveryLine } from './delivery-line.repository';
import { DeliveryRetentionSchedule } from './delivery-retention-schedule';
import { DeliveryRetention } from './delivery-retention.service';
import { DeliveryTurn } from './delivery-turn';
import { ToldScans } from './told-scans.repository';
import { WebhookCommands } from './webhook-commands.service';
import { WebhookDeliveriesController } from './webhook-deliveries.controller';
import { WebhookHealth } from './webhook-health';
import { WebhookMessages } from './webhook-messages';
import { WebhookVault } from './webhook-vault';
import { WebhooksController } from './webhooks.controller';
import { WebhooksRelay } from './webhooks.relay';
import { WebhooksRepository } from './webhooks.repository';
import { WebhooksService } from './webhooks.service';

/** Who is told of what happens, over HTTP. */
@Module({
  imports: [AuditModule],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    WebhooksRepository,
    WebhooksService,
    WebhookVault,
    WebhookCommands,
    DeliveriesRepository,
    DeliveryCommands,
    DeliveryLine,
    ToldScans,
    WebhookMessages,
    WebhooksRelay,
    WebhookHealth,
    DeliveryTurn,
    DeliveryDispatcher,
    DeliveryRetention,
    DeliveryRetentionSchedule,
  ],
})
export class WebhooksModule {}
