import { Global, Logger, Module } from '@nestjs/common';
import { productVersion } from '@securescan/host-node';
import { AuthConfig } from '../config/auth.config';
import { DatabaseConfig } from '../config/database.config';
import { TimeConfig } from '../config/time.config';
import { WebhooksConfig } from '../config/webhooks.config';
import { OpenDatabase } from '../database/database';
import { Clock, DocumentClock } from '../ports/clock.port';
import { ControlChannel } from '../ports/control-channel.port';
import { FindingComparison } from '../ports/finding-comparison.port';
import { FindingSearch } from '../ports/finding-search.port';
import { InstanceMark } from '../ports/instance-mark.port';
import { JobQueue } from '../ports/job-queue.port';
import { LiveFeed } from '../ports/live-feed.port';
import { SecretBox } from '../ports/secret-box.port';
import { SecretKey } from '../ports/secret-key.port';
import { WebhookSender } from '../ports/webhook-sender.port';
import { AesSecretBox } from './aes-secret-box';
import { PinnableDocumentClock } from './embedded/document-clock';
import { openSecretKey } from './embedded/file-secret-key';
import { FileInstanceMark } from './embedded/file-instance-mark';
import { InProcessControlChannel } from './embedded/in-process-control-channel';
import { InProcessJobQueue } from './embedded/in-process-job-queue';
import { InProcessLiveFeed } from './embedded/in-process-live-feed';
import { openSqliteDatabase } from './embedded/sqlite-database';
import { SystemClock } from './embedded/system-clock';
import { ThreadedFindingComparison } from './embedded/threaded-finding-comparison';
import { ThreadedFindingSearch } from './embedded/threaded-finding-search';
import { UndiciWebhookSender } from './webhooks/undici-webhook-sender';

function documentClock(clock: Clock, { fakeNow }: TimeConfig): DocumentClock {
  if (fakeNow !== null) {
    new Logger('DocumentClock').warn(
      `SECURESCAN_FAKE_NOW is set: scans and documents will show ${fakeNow.toISOString()} as their time.`,
    );
  }
  return new PinnableDocumentClock(clock, fakeNow);
}

/** The one switch of the profile: everything in this process, on SQLite. Another profile binds the same tokens, all of them. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: DocumentClock, useFactory: documentClock, inject: [Clock, TimeConfig] },
    { provide: JobQueue, useClass: InProcessJobQueue },
    { provide: LiveFeed, useClass: InProcessLiveFeed },
    { provide: ControlChannel, useClass: InProcessControlChannel },
    {
      provide: OpenDatabase,
      useFactory: (config: DatabaseConfig) => openSqliteDatabase(config.path),
      inject: [DatabaseConfig],
    },
    {
      provide: SecretKey,
      // After the database, whose directory and lock it shares.
      useFactory: (auth: AuthConfig, { path }: DatabaseConfig, _database: OpenDatabase) =>
        openSecretKey(auth.secretKey, path),
      inject: [AuthConfig, DatabaseConfig, OpenDatabase],
    },
    {
      provide: SecretBox,
      useFactory: (key: SecretKey) => new AesSecretBox(key),
      inject: [SecretKey],
    },
    {
      provide: WebhookSender,
      useFactory: (config: WebhooksConfig, clock: Clock) =>
        new UndiciWebhookSender({ config, clock, toolVersion: productVersion() }),
      inject: [WebhooksConfig, Clock],
    },
    {
      provide: InstanceMark,
      useFactory: ({ path }: DatabaseConfig) => new FileInstanceMark(path),
      inject: [DatabaseConfig],
    },
    {
      provide: FindingSearch,
      useFactory: (config: DatabaseConfig) => new ThreadedFindingSearch(config.path),
      inject: [DatabaseConfig],
    },
    {
      provide: FindingComparison,
      useFactory: (config: DatabaseConfig) => new ThreadedFindingComparison(config.path),
      inject: [DatabaseConfig],
    },
  ],
  exports: [
    Clock,
    DocumentClock,
    JobQueue,
    LiveFeed,
    ControlChannel,
    OpenDatabase,
    SecretKey,
    SecretBox,
    WebhookSender,
    InstanceMark,
    FindingSearch,
    FindingComparison,
  ],
})
export class PlatformModule {}
