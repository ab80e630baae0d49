import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ScannerStatusBody, ScanType } from '@securescan/contracts';
import { createHostPorts, type NodeHostPorts } from '@securescan/host-node';
import {
  inspectScanners,
  runScan,
  type ScanProgress,
  type ScanRequest,
  type ScanResult,
  SCANNERS,
} from '@securescan/scan-engine';

/** The engine on this machine: the one place of the server that touches it. */
@Injectable()
export class ScanEngine implements OnApplicationShutdown {
  private readonly host: NodeHostPorts = createHostPorts();

  /** Names of the scanners that a scan of these types runs, in registry order. */
  scannersOf(types: readonly ScanType[]): string[] {
    return SCANNERS.filter((scanner) => types.includes(scanner.scanType)).map(
      (scanner) => scanner.name,
    );
  }

  run(request: ScanRequest, onProgress: (progress: ScanProgress) => void): Promise<ScanResult> {
    return runScan(request, this.host, onProgress);
  }

  async inspect(): Promise<ScannerStatusBody[]> {
    return inspectScanners(this.host);
  }

  /** Nothing that we started may outlive us. */
  async onApplicationShutdown(): Promise<void> {
    await this.host.killAll();
  }
}
