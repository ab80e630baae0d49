import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installedToolsDirectory, installRoot, productVersion } from '@securescan/host-node';
import { LOOPBACK_TARGETS } from '@securescan/scan-engine';
import type { Installation } from '../installation.module';

function readDashboard(root: string): Installation['dashboard'] {
  const directory = join(root, 'dist', 'dashboard', 'browser');
  try {
    return { directory, html: readFileSync(join(directory, 'index.html'), 'utf8') };
  } catch {
    // Expected where only the server was built: the API works without its dashboard.
    return null;
  }
}

/** This installation, found from our own files and never from the working directory. */
export function thisInstallation(): Installation {
  const root = installRoot();
  const examples = join(root, 'examples');
  return {
    version: productVersion(),
    dashboard: readDashboard(root),
    exampleDirectory: examples,
    defaultScanRoots: [homedir(), examples],
    defaultNetworkTargets: LOOPBACK_TARGETS,
    installedTools: installedToolsDirectory(),
  };
}
