import { Injectable, Logger } from '@nestjs/common';
import type { ScannerInstallBody } from '@securescan/contracts';
import type { ToolInstallation } from '@securescan/host-node';
import { ToolsConfig } from '../../config/tools.config';
import { ScanEngine } from './scan-engine.service';
import { ScannerStatusService } from './scanner-status.service';
import { InstallNotAllowedError } from './scanners.errors';

/** Runs other people's code as the server's user, so it does nothing unless the operator has said so at the start. */
@Injectable()
export class ScannerInstallService {
  private readonly logger = new Logger('install');

  constructor(
    private readonly config: ToolsConfig,
    private readonly engine: ScanEngine,
    private readonly statuses: ScannerStatusService,
  ) {}

  /** A failed installation is an answer, for its output is what helps; refusals are errors. */
  async install(name: string): Promise<ScannerInstallBody> {
    if (!this.config.allowInstall) throw new InstallNotAllowedError();
    const installation = await this.engine.install(name);
    this.statuses.forget();
    const message = describeInstallation(name, installation);
    if (installation.end === 'installed') this.logger.log(message);
    else this.logger.warn(message);
    return { success: installation.end === 'installed', message, output: installation.output };
  }
}

function describeInstallation(name: string, { end, problem }: ToolInstallation): string {
  if (end === 'installed') return `Successfully installed ${name}`;
  if (end === 'timed_out') return `Installation of ${name} timed out`;
  return `Failed to install ${name}: ${problem}`;
}
