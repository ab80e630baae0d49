import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { map } from 'rxjs';
import { ApiErrors } from '../../common/api-documentation';
import { digitsToNumber } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { StoredScanEvent } from '../../ports/live-feed.port';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { EventStreamQueryDto } from './dto/event-stream.dto';
import { type EventFrame, EventStreams } from './event-streams';
import { LiveService } from './live.service';

@ApiTags('scans')
@Controller('api/v1/scans')
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly streams: EventStreams,
  ) {}

  /**
   * What happens to a scan, as server-sent events. Ends after the event that ends the scan; who has seen that one already
   * is answered 204, which tells browsers to stop reconnecting.
   */
  @Get(':id/events')
  @RequireScope('read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiErrors(403, 404, 422)
  async events(
    @Param() { id }: ScanIdDto,
    @Query() query: EventStreamQueryDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = await this.live.position(id, seenOf(lastEventId) ?? query.last_event_id ?? 0);
    if (position.isAtEnd) {
      await reply.status(204).send();
      return;
    }
    this.streams.send(reply, this.live.follow(id, position.afterSeq).pipe(map(toFrame)));
  }
}

/** A header that we never gave out means nothing and counts as none. */
function seenOf(header: string | undefined): number | null {
  const seen = digitsToNumber(header);
  return typeof seen === 'number' ? seen : null;
}

function toFrame({ scanId, seq, event, payload, ts }: StoredScanEvent): EventFrame {
  return { id: seq, event, data: { ...payload, scan_id: scanId, seq, ts } };
}
