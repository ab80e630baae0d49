import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type EventTokenBody, SCAN_EVENT_NAMES } from '@securescan/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, takeUntil } from 'rxjs';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { digitsToNumber } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { StoredScanEvent } from '../../ports/live-feed.port';
import type { Caller } from '../auth/caller';
import { CallerLifetime } from '../auth/caller-lifetime';
import { callerOf, CurrentCaller } from '../auth/current-actor.decorator';
import { EventTokenDto } from '../auth/dto/session.dto';
import { EventTokens } from '../auth/event-tokens';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { EventStreamQueryDto } from './dto/event-stream.dto';
import { type EventFrame, EventStreams } from './event-streams';
import { LiveService } from './live.service';

/** One frame of the stream. */
const EVENT_SCHEMA = {
  type: 'object',
  required: ['id', 'event', 'data'],
  properties: {
    id: {
      type: 'string',
      description: 'Counts up within the scan; Last-Event-ID resumes behind it.',
    },
    event: { type: 'string', enum: [...SCAN_EVENT_NAMES] },
    data: {
      type: 'string',
      description: 'JSON, with scan_id, seq and ts beside what the event tells.',
    },
  },
};

@ApiTags('scans')
@Controller('api/v1/scans')
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly streams: EventStreams,
    private readonly tokens: EventTokens,
    private readonly lifetime: CallerLifetime,
  ) {}

  @Summary(
    'What happens to a scan, as server-sent events',
    'Ends after the event that ends the scan; who has seen that one already is answered 204, which tells browsers to stop reconnecting.',
  )
  @Get(':id/events')
  @RequireScope('read', { takesEventToken: true })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: EVENT_SCHEMA } } })
  @ApiNoContentResponse()
  @ApiErrors(404)
  async events(
    @Param() { id }: ScanIdDto,
    @Query() query: EventStreamQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const seen = seenOf(request.headers['last-event-id']) ?? query.last_event_id ?? 0;
    const position = await this.live.position(id, seen);
    if (position.isAtEnd) {
      await reply.status(204).send();
      return;
    }
    if (request.method === 'HEAD') {
      await reply.type('text/event-stream; charset=utf-8').send();
      return;
    }
    const caller = callerOf(request);
    const frames = this.live
      .follow(id, position.afterSeq)
      .pipe(map(toFrame), takeUntil(this.lifetime.endOf(caller)));
    this.streams.send(reply, frames, JSON.stringify([caller.kind, caller.subject]));
  }

  @Summary(
    "A token that opens this scan's event stream for five minutes, where no header can be sent",
  )
  @Post(':id/event-token')
  @HttpCode(200)
  @RequireScope('read')
  @ApiOkResponse({ type: EventTokenDto })
  @ApiErrors(404, 409)
  async eventToken(
    @Param() { id }: ScanIdDto,
    @CurrentCaller() caller: Caller,
  ): Promise<EventTokenBody> {
    await this.live.position(id, 0);
    return this.tokens.mint(id, caller);
  }
}

/** A header that we never gave out means nothing and counts as none. */
function seenOf(header: string | string[] | undefined): number | null {
  const seen = digitsToNumber(header);
  return typeof seen === 'number' ? seen : null;
}

function toFrame({ scanId, seq, event, payload, ts }: StoredScanEvent): EventFrame {
  return { id: seq, event, data: { ...payload, scan_id: scanId, seq, ts } };
}
