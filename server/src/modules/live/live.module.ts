import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { ScansModule } from '../scans/scans.module';
import { EVENT_STREAM_OPTIONS, type EventStreamOptions, EventStreams } from './event-streams';
import { LiveController } from './live.controller';
import { LiveRelay } from './live.relay';
import { LiveService } from './live.service';
import { ScanEventsRepository } from './scan-events.repository';

const KEEP_ALIVE_MS = 15_000;

@Module({
  imports: [AuthModule, ScansModule],
  controllers: [LiveController],
  providers: [
    ScanEventsRepository,
    LiveRelay,
    LiveService,
    EventStreams,
    {
      provide: EVENT_STREAM_OPTIONS,
      useFactory: (): EventStreamOptions => ({ keepAliveMs: KEEP_ALIVE_MS }),
    },
  ],
  exports: [EventStreams],
})
export class LiveModule {}
