import { performance } from 'node:perf_hooks';
import type {
  HostPorts,
  ProcessRunner,
  ToolLocator,
  WorkspaceFactory,
} from '@securescan/scan-engine';
import { childEnvironment } from './child-environment';
import { openFileTree } from './file-tree';
import { openGitRepository } from './git';
import { NodeHttpClient } from './http-client';
import { productVersion } from './install-root';
import { WorkerInspector } from './inspection/worker-inspector';
import { openNetworkGate } from './network-gate';
import { digestPaths, writeRulePack } from './rule-packs';
import { openSystemFiles } from './system-files';
import { writeFiles } from './write-files';

/** What a scan must not own itself where it runs in a thread. */
export interface PortsBase {
  readonly processes: ProcessRunner;
  readonly workspaces: WorkspaceFactory;
  readonly tools: ToolLocator;
}

/** Everything that the engine asks of the machine, over those who run processes and lend directories. */
export function enginePorts({ processes, workspaces, tools }: PortsBase): HostPorts {
  const environment = (scannedRoot: string): Readonly<Record<string, string>> =>
    childEnvironment(process.env, { network: false, scannedRoot });
  return {
    processes,
    workspaces,
    tools,
    http: new NodeHttpClient(),
    network: openNetworkGate(),
    writeFiles,
    openSystem: openSystemFiles,
    openTree: (target) => openFileTree(target),
    openInspector: () => new WorkerInspector(),
    openGit: (root, runner, signal) =>
      openGitRepository(root, { tools, workspaces, environment, processes: runner, signal }),
    rulePack: writeRulePack,
    digestPaths,
    childEnvironment: (need) => childEnvironment(process.env, need),
    productVersion: productVersion(),
    monotonicMs: () => performance.now(),
  };
}
