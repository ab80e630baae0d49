import type { HostPorts, ToolDescription, ToolPackage } from '@securescan/scan-engine';
import { childEnvironment } from './child-environment';
import { defaultJournalDirectory, installedToolsDirectory } from './data-directory';
import { enginePorts } from './engine-ports';
import { printPdf, type PdfOrder } from './pdf/print-pdf';
import { NodeProcessRunner, succeeds } from './process-runner';
import { RunJournal } from './run-journal';
import { openRevisions, type Revisions } from './revisions/revisions';
import { openSandbox } from './sandbox';
import { ScanThreads } from './scan-thread/scan-threads';
import type { ImportUse, ThreadUse } from './scan-thread/threaded-scan';
import type { ImportOrder, ScanConclusion, ScanOrder } from './scan-thread/thread-messages';
import { ToolInstaller, type ToolInstallation } from './tool-installer';
import { openToolLocator } from './tool-locator';
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
  /** The same as the engine's `runScan`, beside the event loop. */
  runInThread(order: ScanOrder, use: ThreadUse): Promise<ScanConclusion>;
  /** Reads a document of findings beside the event loop. Rejects with UserError IMPORT_INVALID where it is none. */
  importInThread(order: ImportOrder, use: ImportUse): Promise<ScanConclusion>;
  /** Ends every thread and kills every process group that still runs; resolves when nothing of them is left. */
  killAll(): Promise<void>;
  /** Opens the repository at the root for reading its revisions and its index; see `Revisions`. */
  openRevisions(root: string, signal: AbortSignal): Promise<Revisions>;
  /** Prints a page with a browser that `findBrowser` found; see `printPdf`. */
  printPdf(order: PdfOrder): Promise<Uint8Array>;
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
  const settings = {
    toolsDirectory: options.toolsDirectory ?? process.env['SECURESCAN_TOOLS_DIR'] ?? null,
    installedTools: options.installedTools ?? installedToolsDirectory(),
  };
  const tools = openToolLocator(settings);
  const installer = new ToolInstaller({ processes, tools, workspaces }, settings.installedTools);
  const threads = new ScanThreads({ settings, lenders: { processes, workspaces } });
  return {
    ...enginePorts({ processes, workspaces, tools }),
    runInThread: (order, use) => threads.run(order, use),
    importInThread: (order, use) => threads.runImport(order, use),
    killAll: async () => {
      await Promise.all([threads.close(), processes.killAll()]);
    },
    openRevisions: (root, signal) =>
      openRevisions(
        root,
        {
          processes,
          workspaces,
          tools,
          environment: (scannedRoot) =>
            childEnvironment(process.env, { network: false, scannedRoot }),
          hookIndex: { file: process.env['GIT_INDEX_FILE'], cwd: process.cwd() },
        },
        signal,
      ),
    printPdf: (order) =>
      printPdf(order, {
        processes,
        workspaces,
        environment: childEnvironment(process.env, {
          network: false,
          ...(options.scannedRoot === undefined ? {} : { scannedRoot: options.scannedRoot }),
        }),
        isRoot: process.getuid?.() === 0,
      }),
    installTool: (tool, release) => installer.install(tool, release),
  };
}
