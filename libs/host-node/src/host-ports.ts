import { performance } from 'node:perf_hooks';
import type { HostPorts } from '@securescan/scan-engine';
import { childEnvironment } from './child-environment';
import { defaultJournalDirectory } from './data-directory';
import { openFileTree } from './file-tree';
import { openGitRepository } from './git';
import { NodeProcessRunner } from './process-runner';
import { digestPaths, writeRulePack } from './rule-packs';
import { RunJournal } from './run-journal';
import { NodeToolLocator } from './tool-locator';
import { NodeWorkspaceFactory } from './workspaces';

export interface HostPortsOptions {
  /** Where running groups and temporary directories are noted. Default: `~/.securescan/run`. */
  readonly journalDirectory?: string;
  /** Searched for tools before PATH. Default: the value of SECURESCAN_TOOLS_DIR. */
  readonly toolsDirectory?: string;
}

/** The engine's ports on this machine, and the means to end all that they started. */
export interface NodeHostPorts extends HostPorts {
  /** Kills every process group that still runs; resolves when nothing of them is left. */
  killAll(): Promise<void>;
}

/** Binds every port of the engine to Node. One instance serves a whole process and any number of scans at once. */
export function createHostPorts(options: HostPortsOptions = {}): NodeHostPorts {
  const journal = new RunJournal(options.journalDirectory ?? defaultJournalDirectory());
  const processes = new NodeProcessRunner(journal);
  const workspaces = new NodeWorkspaceFactory(journal);
  const tools = new NodeToolLocator({
    toolsDirectory: options.toolsDirectory ?? process.env['SECURESCAN_TOOLS_DIR'] ?? null,
    path: process.env['PATH'] ?? '',
  });
  const gitNeeds = {
    processes,
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
    openGit: (root, signal = new AbortController().signal) =>
      openGitRepository(root, { ...gitNeeds, signal }),
    rulePack: writeRulePack,
    digestPaths,
    childEnvironment: (need) => childEnvironment(process.env, need),
    monotonicMs: () => performance.now(),
    killAll: () => processes.killAll(),
  };
}
