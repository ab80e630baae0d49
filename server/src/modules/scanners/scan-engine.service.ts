import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ScannerStatusBody, ScanType } from '@securescan/contracts';
import {
  createHostPorts,
  type NodeHostPorts,
  type ScanConclusion,
  type ScanOrder,
  type ThreadUse,
  type ToolInstallation,
} from '@securescan/host-node';
import { inspectScanners, SCANNERS, selectScanners, SlotScheduler } from '@securescan/scan-engine';
import { ScanConfig } from '../../config/scan.config';
import { INSTALLED_TOOLS } from './installed-tools.token';
import { ScannerNotFoundError, ScannerNotInstallableError } from './scanners.errors';

/** The engine on this machine: the one place of the server that touches it. */
@Injectable()
export class ScanEngine implements OnApplicationShutdown {
  private readonly host: NodeHostPorts;
  /** Shared by all scans of this server. */
  private readonly slots: SlotScheduler;

  constructor(
    private readonly config: ScanConfig,
    @Inject(INSTALLED_TOOLS) installedTools: string,
  ) {
    this.host = createHostPorts({ installedTools, sandbox: config.sandbox });
    this.slots = new SlotScheduler(config.slots);
  }

  /** Names of the scanners that a scan runs, in registry order; `named` narrows them down. */
  scannersOf(types: readonly ScanType[], named: readonly string[] | null = null): string[] {
    return selectScanners({ scanTypes: types, scanners: named }).map(({ name }) => name);
  }

  /** Runs a scan beside the event loop. */
  run(order: ScanOrder, use: Omit<ThreadUse, 'lane'>): Promise<ScanConclusion> {
    return this.host.runInThread(order, { ...use, lane: this.slots.lane() });
  }

  async inspect(): Promise<ScannerStatusBody[]> {
    return inspectScanners(this.host, SCANNERS, { semgrepRules: this.config.semgrepRules });
  }

  /** Puts the pinned release of a scanner's tool on this machine, for this user alone. */
  async install(name: string): Promise<ToolInstallation> {
    const scanner = SCANNERS.find((known) => known.name === name);
    if (scanner === undefined) throw new ScannerNotFoundError();
    const release = scanner.kind === 'external' ? scanner.tool.package : undefined;
    if (scanner.kind !== 'external' || release === undefined)
      throw new ScannerNotInstallableError(scanner);
    return this.host.installTool(scanner.tool, release);
  }

  /** Nothing that we started may outlive us. */
  async onApplicationShutdown(): Promise<void> {
    await this.host.killAll();
  }
}
