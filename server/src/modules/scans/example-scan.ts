import { Inject, Injectable, Logger } from '@nestjs/common';
import { SecureScanError } from '@securescan/core';
import { HostFiles } from '../../ports/host-files.port';
import { THE_SERVER } from '../audit/audit-log.service';
import { ScanCommands } from './scan-commands.service';
import { ScansRepository } from './scans.repository';

/** The directory to scan when nothing has been scanned yet, or `null` for none. */
export const EXAMPLE_DIRECTORY = Symbol('example directory');

/** Gives the first page something to show: an empty database begins with a scan of the examples that ship with us. */
@Injectable()
export class ExampleScan {
  private readonly logger = new Logger(ExampleScan.name);

  constructor(
    private readonly scans: ScansRepository,
    private readonly commands: ScanCommands,
    private readonly files: HostFiles,
    @Inject(EXAMPLE_DIRECTORY) private readonly directory: string | null,
  ) {}

  async requestIfFirst(): Promise<void> {
    if (this.directory === null || !(await this.scans.isEmpty())) return;
    if ((await this.files.resolve(this.directory)) === null) return;
    try {
      await this.commands.create({ target_path: this.directory }, THE_SERVER);
      this.logger.log('Nothing has been scanned yet, so the examples are scanned now.');
    } catch (error) {
      // Expected: the operator's roots leave the examples out. That is no reason not to start.
      if (!(error instanceof SecureScanError)) throw error;
      this.logger.debug(`The examples are not scanned: ${error.message}`);
    }
  }
}
