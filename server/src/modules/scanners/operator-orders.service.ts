import { Injectable } from '@nestjs/common';
import type { AdviceOrder, ScanOrder } from '@securescan/host-node';
import type { ToolSettings } from '@securescan/scan-engine';
import { AiConfig, toAdviceOrder } from '../../config/ai.config';
import { ScanConfig } from '../../config/scan.config';
import { ScannersConfig, toToolSettings } from '../../config/scanners.config';
import { TimeConfig } from '../../config/time.config';
import { ReachableHosts } from './reachable-hosts.service';

/** A scan as somebody asked for it; the rest is the operator's. */
export type AskedScan = Omit<ScanOrder, 'advice' | 'billCreated'> & {
  readonly wantsAdvice: boolean;
};

/** What the operator says of every scan, whoever asks for it. */
@Injectable()
export class OperatorOrders {
  constructor(
    private readonly config: ScanConfig,
    private readonly scanners: ScannersConfig,
    private readonly hosts: ReachableHosts,
    private readonly ai: AiConfig,
    private readonly time: TimeConfig,
  ) {}

  /** Of the scanners' tools. */
  tools(): ToolSettings {
    return toToolSettings(this.scanners, this.hosts.targets);
  }

  /** Whom a scan may ask for advice; `null` where nobody is asked. */
  advice(): AdviceOrder | null {
    return this.config.offline ? null : toAdviceOrder(this.ai);
  }

  /** The whole order. */
  complete({ wantsAdvice, ...asked }: AskedScan): ScanOrder {
    const advice = wantsAdvice ? this.advice() : null;
    return {
      ...asked,
      options: { ...asked.options, offline: this.config.offline, tools: this.tools() },
      billCreated: this.time.fakeNow,
      ...(advice === null ? {} : { advice }),
    };
  }
}
