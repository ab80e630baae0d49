import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ScannerStatusBody, ScanType } from '@securescan/contracts';
import {
  createHostPorts,
  type AdviceOrder,
  type ImportOrder,
  type ImportUse,
  type NodeHostPorts,
  type ScanConclusion,
  type ScanOrder,
  type ThreadUse,
  type ToolInstallation,
} from '@securescan/host-node';
import {
  inspectScanners,
  SCANNERS,
  selectScanners,
  SlotScheduler,
  type ToolSettings,
} from '@securescan/scan-engine';
import { AiConfig, toAdviceOrder } from '../../config/ai.config';
import { ScanConfig } from '../../config/scan.config';
import { ScannersConfig, toToolSettings } from '../../config/scanners.config';
import { AccessMode } from '../instance/access-mode.service';
import { DEFAULT_NETWORK_TARGETS } from './default-network-targets.token';
import { INSTALLED_TOOLS } from './installed-tools.token';
import { ScannerNotFoundError, ScannerNotInstallableError } from './scanners.errors';

/** A scan as somebody asked for it; the rest is the operator's. */
export type EngineOrder = Omit<ScanOrder, 'advice'> & { readonly wantsAdvice: boolean };

/** The engine on this machine: the one place of the server that touches it. */
@Injectable()
export class ScanEngine implements OnApplicationShutdown {
  private readonly host: NodeHostPorts;
  /** Shared by all scans of this server. */
  private readonly slots: SlotScheduler;

  constructor(
    private readonly config: ScanConfig,
    private readonly scanners: ScannersConfig,
    @Inject(INSTALLED_TOOLS) installedTools: string,
    @Inject(DEFAULT_NETWORK_TARGETS) private readonly defaultTargets: readonly string[],
    private readonly mode: AccessMode,
    private readonly ai: AiConfig,
  ) {
    this.host = createHostPorts({ installedTools, sandbox: config.sandbox });
    this.slots = new SlotScheduler(config.slots);
  }

  /** As with paths: where others than this machine's user may ask, the operator says what may be reached. */
  private get networkTargets(): readonly string[] {
    return this.scanners.networkTargets ?? (this.mode.isOpen ? this.defaultTargets : []);
  }

  /** Names of the scanners that a scan runs, in registry order; `named` narrows them down. */
  scannersOf(types: readonly ScanType[], named: readonly string[] | null = null): string[] {
    return selectScanners({ scanTypes: types, scanners: named }).map(({ name }) => name);
  }

  /** Whether a scan may ask a language model. */
  get canAdvise(): boolean {
    return this.adviceOrder() !== null;
  }

  /** Runs a scan beside the event loop, with what the operator says of the tools and of who may be asked for advice. */
  run(
    { wantsAdvice, ...order }: EngineOrder,
    use: Omit<ThreadUse, 'lane'>,
  ): Promise<ScanConclusion> {
    const options = { ...order.options, offline: this.config.offline, tools: this.tools() };
    const advice = wantsAdvice ? this.adviceOrder() : null;
    return this.host.runInThread(
      { ...order, options, ...(advice === null ? {} : { advice }) },
      { ...use, lane: this.slots.lane() },
    );
  }

  /** Reads a document of findings beside the event loop. */
  readDocument(order: ImportOrder, use: ImportUse): Promise<ScanConclusion> {
    return this.host.importInThread(order, use);
  }

  /** Why a host may not be scanned from here; `null` where it may. */
  async refusalOf(host: string): Promise<string | null> {
    const admission = await this.host.network.admit(host, this.networkTargets);
    return 'refused' in admission ? admission.refused : null;
  }

  async inspect(): Promise<ScannerStatusBody[]> {
    const { semgrepRules } = this.config;
    return inspectScanners(this.host, SCANNERS, { semgrepRules, tools: this.tools() });
  }

  private adviceOrder(): AdviceOrder | null {
    return this.config.offline ? null : toAdviceOrder(this.ai);
  }

  private tools(): ToolSettings {
    return toToolSettings(this.scanners, this.networkTargets);
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
