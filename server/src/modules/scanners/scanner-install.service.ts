import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { ScannerInstallBody } from '@securescan/contracts';
import type { ToolInstallation } from '@securescan/host-node';
import { ToolsConfig } from '../../config/tools.config';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { ScanEngine } from './scan-engine.service';
import { ScannerStatusService } from './scanner-status.service';
import { InstallNotAllowedError } from './scanners.errors';

/** Runs other people's code as the server's user, so it does nothing unless the operator has said so at the start. */
@Injectable()
export class ScannerInstallService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('install');
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly config: ToolsConfig,
    private readonly engine: ScanEngine,
    private readonly statuses: ScannerStatusService,
    private readonly audit: AuditLog,
    private readonly units: UnitOfWork,
  ) {}

  /** A failed installation is an answer, for its output is what helps; refusals are errors. */
  async install(name: string, actor: Actor): Promise<ScannerInstallBody> {
    if (!this.config.allowInstall) throw new InstallNotAllowedError();
    const work = this.installAndRecord(name, actor);
    this.running.add(work);
    const installation = await work.finally(() => this.running.delete(work));
    const message = describeInstallation(name, installation);
    if (installation.end === 'installed') this.logger.log(message);
    else this.logger.warn(message);
    return { success: installation.end === 'installed', message, output: installation.output };
  }

  /** Ends what still installs, so that the log hears of it before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.running.size === 0) return;
    await Promise.all([this.engine.killAll(), Promise.allSettled(this.running)]);
  }

  private async installAndRecord(name: string, actor: Actor): Promise<ToolInstallation> {
    const installation = await this.engine.install(name);
    this.statuses.forget();
    await this.record(name, installation, actor);
    return installation;
  }

  /** Whatever its end, other people's code ran here. */
  private async record(name: string, { end }: ToolInstallation, actor: Actor): Promise<void> {
    const action = end === 'installed' ? 'scanner.installed' : 'scanner.install_failed';
    await this.units.run((tx) =>
      this.audit.record(tx, actor, {
        action,
        subjectType: 'scanner',
        subjectId: name,
        details: { end },
      }),
    );
  }
}

function describeInstallation(name: string, { end, problem }: ToolInstallation): string {
  if (end === 'installed') return `Successfully installed ${name}`;
  if (end === 'timed_out') return `Installation of ${name} timed out`;
  return `Failed to install ${name}: ${problem}`;
}
