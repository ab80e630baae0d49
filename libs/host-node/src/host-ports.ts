import { performance } from 'node:perf_hooks';
import type { HostPorts, ToolDescription, ToolPackage } from '@securescan/scan-engine';
import { childEnvironment } from './child-environment';
import { defaultJournalDirectory, installedToolsDirectory } from './data-directory';
import { openFileTree } from './file-tree';
import { WorkerInspector } from './inspection/worker-inspector';
import { openGitRepository } from './git';
import { NodeProcessRunner, succeeds } from './process-runner';
import { digestPaths, writeRulePack } from './rule-packs';
import { RunJournal } from './run-journal';
import { programsDirectory, ToolInstaller, type ToolInstallation } from './tool-installer';
import { openSandbox } from './sandbox';
import { NodeToolLocator } from './tool-locator';
import { NodeWorkspaceFactory } from './workspaces';

export interface HostPortsOptions {
  /** Where running groups and temporary directories are noted. Default: `~/.securescan/run`. */
  readonly journalDirectory?: string;
  /** Searched for tools before PATH. Default: the value of SECURESCAN_TOOLS_DIR. */
  readonly toolsDirectory?: string;
  /** Where we install tools, and find them before PATH. Default: `~/.securescan/tools`. */
  readonly installedTools?: string;
  /** Runs every external scanner within bubblewrap. `createHostPorts` throws CONFIG_INVALID where that cannot be done. */
  readonly sandbox?: boolean;
  /** The one tree that will be scanned, where there is but one: bubblewrap must not come from it. */
  readonly scannedRoot?: string;
}

/** The engine's ports on this machine, and the means to end all that they started. */
export interface NodeHostPorts extends HostPorts {
  /** Kills every process group that still runs; resolves when nothing of them is left. */
  killAll(): Promise<void>;
  /** Installs a tool where `tools` finds it. Who may ask for that is the caller's matter. */
  installTool(tool: ToolDescription, release: ToolPackage): Promise<ToolInstallation>;
}

/** Binds every port of the engine to Node. One instance serves a whole process and any number of scans at once. */
export function createHostPorts(options: HostPortsOptions = {}): NodeHostPorts {
  const journal = new RunJournal(options.journalDirectory ?? defaultJournalDirectory());
  const sandbox =
    options.sandbox === true
      ? openSandbox(
          {
            path: process.env['PATH'] ?? '',
            furtherDirectories: process.env['SECURESCAN_SANDBOX_PATHS'] ?? '',
            scannedRoot: options.scannedRoot,
          },
          succeeds,
        )
      : null;
  const processes = new NodeProcessRunner(journal, undefined, sandbox);
  const workspaces = new NodeWorkspaceFactory(journal);
  const installedTools = options.installedTools ?? installedToolsDirectory();
  const tools = new NodeToolLocator({
    installedPrograms: programsDirectory(installedTools),
    toolsDirectory: options.toolsDirectory ?? process.env['SECURESCAN_TOOLS_DIR'] ?? null,
    path: process.env['PATH'] ?? '',
  });
  const installer = new ToolInstaller({ processes, tools, workspaces }, installedTools);
  const gitNeeds = {
    tools,
    workspaces,
    environment: (scannedRoot: string) =>
      childEnvironment(process.env, { network: false, scannedRoot }),
  };
  return {
    processes,
    tools,
    workspaces,
    openTree: (target) => openFileTree(target),
    openInspector: () => new WorkerInspector(),
    openGit: (root, runner, signal) =>
      openGitRepository(root, { ...gitNeeds, processes: runner, signal }),
    rulePack: writeRulePack,
    digestPaths,
    childEnvironment: (need) => childEnvironment(process.env, need),
    monotonicMs: () => performance.now(),
    killAll: () => processes.killAll(),
    installTool: (tool, release) => installer.install(tool, release),
  };
}
