import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ScannerStatusBody, ScanType } from '@securescan/contracts';
import {
  createHostPorts,
  type ImportOrder,
  type ImportUse,
  type NodeHostPorts,
  type ScanConclusion,
  type ThreadUse,
  type ToolInstallation,
} from '@securescan/host-node';
import { inspectScanners, SCANNERS, selectScanners, SlotScheduler } from '@securescan/scan-engine';
import { ScanConfig } from '../../config/scan.config';
import { INSTALLED_TOOLS } from './installed-tools.token';
import { type AskedScan, OperatorOrders } from './operator-orders.service';
import { ReachableHosts } from './reachable-hosts.service';
import { ScannerNotFoundError, ScannerNotInstallableError } from './scanners.errors';

/** The engine on this machine: the one place of the server that touches it. */
@Injectable()
export class ScanEngine implements OnApplicationShutdown {
  private readonly host: NodeHostPorts;
  /** Shared by all scans of this server. */
  private readonly slots: SlotScheduler;

  constructor(
    private readonly config: ScanConfig,
    private readonly orders: OperatorOrders,
    private readonly hosts: ReachableHosts,
    @Inject(INSTALLED_TOOLS) installedTools: string,
  ) {
    this.host = createHostPorts({ installedTools, sandbox: config.sandbox });
    this.slots = new SlotScheduler(config.slots);
  }

  /** Names of the scanners that a scan runs, in registry order; `named` narrows them down. */
  scannersOf(types: readonly ScanType[], named: readonly string[] | null = null): string[] {
    return selectScanners({ scanTypes: types, scanners: named }).map(({ name }) => name);
  }

  /** Whether a scan may ask a language model. */
  get canAdvise(): boolean {
    return this.orders.advice() !== null;
  }

  /** Runs a scan beside the event loop, with what the operator says of every scan. */
  run(asked: AskedScan, use: Omit<ThreadUse, 'lane'>): Promise<ScanConclusion> {
    const order = this.orders.complete(asked);
    return this.host.runInThread(order, { ...use, lane: this.slots.lane() });
  }

  /** Reads a document of findings beside the event loop. */
  readDocument(order: ImportOrder, use: ImportUse): Promise<ScanConclusion> {
    return this.host.importInThread(order, use);
  }

  /** Why a host may not be scanned from here; `null` where it may. */
  async refusalOf(host: string): Promise<string | null> {
    const admission = await this.host.network.admit(host, this.hosts.targets);
    return 'refused' in admission ? admission.refused : null;
  }

  async inspect(): Promise<ScannerStatusBody[]> {
    const { semgrepRules } = this.config;
    return inspectScanners(this.host, SCANNERS, { semgrepRules, tools: this.orders.tools() });
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
    await this.killAll();
  }

  /** Ends every process that was started here, and resolves when none is left. */
  async killAll(): Promise<void> {
    await this.host.killAll();
  }
}
