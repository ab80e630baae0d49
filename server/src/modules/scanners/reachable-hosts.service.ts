import { Inject, Injectable } from '@nestjs/common';
import { ScannersConfig } from '../../config/scanners.config';
import { AccessMode } from '../instance/access-mode.service';
import { DEFAULT_NETWORK_TARGETS } from './default-network-targets.token';

/** What scans may reach over the network. */
@Injectable()
export class ReachableHosts {
  constructor(
    private readonly scanners: ScannersConfig,
    private readonly mode: AccessMode,
    @Inject(DEFAULT_NETWORK_TARGETS) private readonly defaultTargets: readonly string[],
  ) {}

  /** As with paths: where others than this machine's user may ask, the operator says what may be reached. */
  get targets(): readonly string[] {
    return this.scanners.networkTargets ?? (this.mode.isOpen ? this.defaultTargets : []);
  }
}
