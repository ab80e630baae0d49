import { Inject, Injectable } from '@nestjs/common';
import type { ScannerStatusBody } from '@securescan/contracts';
import { inspectScanners, SCANNERS } from '@securescan/scan-engine';
import type { HostPorts } from '@securescan/scan-engine';
import { HOST_PORTS } from '../host-ports.token';
import type { CliEnvironment } from '../options/environment';

@Injectable()
export class ScannerInspection {
  constructor(@Inject(HOST_PORTS) private readonly ports: HostPorts) {}

  /** Every scanner and whether it can run here, in registry order, for scans in this environment. */
  inspect({ semgrepRules, tools }: CliEnvironment): Promise<ScannerStatusBody[]> {
    return inspectScanners(this.ports, SCANNERS, { semgrepRules, tools });
  }
}
