import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExampleScan } from './example-scan';
import { ScanRecovery } from './scan-recovery';
import { ScanRemoval } from './scan-removal';
import { ScanRunProcessor } from './scan-run.processor';

/** The order in which scanning starts and stops with the server. */
@Injectable()
export class ScanRuntime implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly recovery: ScanRecovery,
    private readonly processor: ScanRunProcessor,
    private readonly example: ExampleScan,
    private readonly removal: ScanRemoval,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.recovery.recover();
    this.processor.start();
    await this.example.requestIfFirst();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.processor.stop(), this.removal.settle()]);
  }
}
