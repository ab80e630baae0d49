import type { ProcessResult } from './ports';
import type { Machine, ProgramCall } from './scanner';
import type { RunContext } from './scanner-run';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What a scanner of our own may do on this machine; all of it ends with the signal. */
export function openMachine({ ports, target }: RunContext, signal: AbortSignal): Machine {
  return {
    http: ports.http,
    network: ports.network,
    openSystem: (root) => ports.openSystem(root),
    run: async (call) => {
      const executable = await ports.tools.locate(call.executable, target.root);
      if (executable === null) return null;
      return ports.workspaces.withWorkspace((workspace) =>
        runProgram({ ...call, executable }, workspace),
      );
    },
  };

  async function runProgram(call: ProgramCall, workspace: string): Promise<ProcessResult> {
    if (call.files !== undefined) await ports.writeFiles(workspace, call.files);
    const result = await ports.processes.run({
      executable: call.executable,
      args: call.args,
      cwd: workspace,
      env: {
        ...ports.childEnvironment({ network: false, scannedRoot: target.root }),
        HOME: workspace,
        TMPDIR: workspace,
      },
      timeoutMs: call.timeLimitMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal,
      ...(call.readable === undefined
        ? {}
        : { isolation: { readable: call.readable, network: false } }),
    });
    return { ...result, stderrTail: result.stderrTail.replaceAll(workspace, '~') };
  }
}
