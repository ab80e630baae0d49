import { Inject, Injectable } from '@nestjs/common';
import type { ToolSettings } from '@securescan/scan-engine';
import { ScannersConfig, toToolSettings } from '../../config/scanners.config';
import { AccessMode } from '../instance/access-mode.service';
import { DEFAULT_NETWORK_TARGETS } from './default-network-targets.token';

/** What the operator says of the tools and of what they may reach. */
@Injectable()
export class OperatorTools {
  constructor(
    private readonly config: ScannersConfig,
    @Inject(DEFAULT_NETWORK_TARGETS) private readonly defaultTargets: readonly string[],
    private readonly mode: AccessMode,
  ) {}

  /** As with paths: where others than this machine's user may ask, the operator says what may be reached. */
  get networkTargets(): readonly string[] {
    return this.config.networkTargets ?? (this.mode.isOpen ? this.defaultTargets : []);
  }

  get settings(): ToolSettings {
    return toToolSettings(this.config, this.networkTargets);
  }
}
