import { Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { MarkedReadBody, NotificationBody, UnreadCountBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import {
  MarkedReadDto,
  NotificationDto,
  NotificationIdDto,
  NotificationListQueryDto,
  UnreadCountDto,
} from './dto/notification.dto';
import { NotificationsService } from './notifications.service';

/** What somebody has read concerns nobody else, so `read` is enough to say so. */
@ApiTags('notifications')
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Summary('What has happened by itself, newest first', 'Each caller has read what they have read.')
  @Get()
  @RequireScope('read')
  @ApiPage(NotificationDto)
  list(
    @Query() query: NotificationListQueryDto,
    @CurrentActor() actor: Actor,
  ): Promise<Page<NotificationBody>> {
    return this.notifications.page(query, actor);
  }

  @Summary('How many the caller has not read', 'Counted to 1000; cheap enough to be asked often.')
  @Get('unread-count')
  @RequireScope('read')
  @ApiOkResponse({ type: UnreadCountDto })
  unreadCount(@CurrentActor() actor: Actor): Promise<UnreadCountBody> {
    return this.notifications.unreadCount(actor);
  }

  @Summary('The caller has read everything that there is')
  @Patch('read-all')
  @RequireScope('read')
  @ApiOkResponse({ type: MarkedReadDto })
  markAllRead(@CurrentActor() actor: Actor): Promise<MarkedReadBody> {
    return this.notifications.markAllRead(actor);
  }

  @Summary('The caller has read one', 'Where they had already, it keeps the time.')
  @Patch(':id/read')
  @RequireScope('read')
  @ApiOkResponse({ type: NotificationDto })
  @ApiErrors(404)
  markRead(
    @Param() { id }: NotificationIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<NotificationBody> {
    return this.notifications.markRead(id, actor);
  }
}
