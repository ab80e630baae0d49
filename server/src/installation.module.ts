import { type DynamicModule, Module } from '@nestjs/common';
import { DASHBOARD_HTML } from './common/dashboard-page';
import { EXAMPLE_DIRECTORY } from './modules/scans/example-scan';
import { DEFAULT_NETWORK_TARGETS } from './modules/scanners/default-network-targets.token';
import { INSTALLED_TOOLS } from './modules/scanners/installed-tools.token';
import { DEFAULT_SCAN_ROOTS } from './modules/scans/target-path.policy';

/** What lies beside the server's own code. */
export interface Installation {
  readonly version: string;
  /** The built dashboard, or `null` where it was not built. */
  readonly dashboard: { readonly directory: string; readonly html: string } | null;
  /** Scanned when nothing has been scanned yet; `null` for none. */
  readonly exampleDirectory: string | null;
  /** What may be scanned where the operator named nothing. */
  readonly defaultScanRoots: readonly string[];
  /** What scans may reach over the network where the operator named nothing. */
  readonly defaultNetworkTargets: readonly string[];
  /** Where scanners are put that the server installs. */
  readonly installedTools: string;
}

@Module({})
export class InstallationModule {
  static forRoot(installation: Installation): DynamicModule {
    const providers = [
      { provide: DASHBOARD_HTML, useValue: installation.dashboard?.html ?? null },
      { provide: EXAMPLE_DIRECTORY, useValue: installation.exampleDirectory },
      { provide: DEFAULT_SCAN_ROOTS, useValue: installation.defaultScanRoots },
      { provide: DEFAULT_NETWORK_TARGETS, useValue: installation.defaultNetworkTargets },
      { provide: INSTALLED_TOOLS, useValue: installation.installedTools },
    ];
    return { module: InstallationModule, global: true, providers, exports: providers };
  }
}
