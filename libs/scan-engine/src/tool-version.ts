import { lastWords } from './one-line';
import type { HostPorts, ProcessResult, ToolLocator } from './ports';
import type { ToolDescription } from './scanner';

const VERSION_TIMEOUT_MS = 30_000;
const MAX_VERSION_BYTES = 1024 * 1024;

export interface VersionProbe {
  /** The tool ran and said something, though perhaps no version that we can read. */
  readonly works: boolean;
  readonly version: string | null;
  /** Why it does not work; empty if it does. */
  readonly problem: string;
}

/** By who locates tools: a scan's other ports are its own. */
const knownVersions = new WeakMap<ToolLocator, Map<string, VersionProbe>>();

/**
 * Asks a tool for its version and remembers the answer for as long as the file at the path stays the same. A tool that
 * gives none is asked again the next time.
 */
export async function probeVersion(
  tool: ToolDescription,
  executable: string,
  context: {
    readonly ports: HostPorts;
    readonly signal: AbortSignal;
    readonly scannedRoot?: string;
  },
): Promise<VersionProbe> {
  const known = knownVersions.get(context.ports.tools) ?? new Map<string, VersionProbe>();
  knownVersions.set(context.ports.tools, known);
  const key = JSON.stringify([
    executable,
    tool.versionArguments,
    await context.ports.tools.stamp(executable),
  ]);
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const { ports, signal, scannedRoot } = context;
  const result = await ports.workspaces.withWorkspace((workspace) =>
    ports.processes.run({
      executable,
      args: tool.versionArguments,
      cwd: workspace,
      env: {
        ...ports.childEnvironment({
          network: false,
          ...(scannedRoot === undefined ? {} : { scannedRoot }),
        }),
        ...tool.env,
        HOME: workspace,
        TMPDIR: workspace,
      },
      isolation: { readable: [], network: false },
      timeoutMs: VERSION_TIMEOUT_MS,
      maxOutputBytes: MAX_VERSION_BYTES,
      signal,
    }),
  );
  const probe = readProbe(tool, result);
  if (probe.works) known.set(key, probe);
  return probe;
}

function readProbe(tool: ToolDescription, result: ProcessResult): VersionProbe {
  if (result.end === 'exited' && result.exitCode === 0) {
    const version = tool.parseVersion(result.stdout) ?? tool.parseVersion(result.stderrTail);
    return { works: true, version, problem: '' };
  }
  const end =
    result.end === 'exited'
      ? `exit code ${String(result.exitCode)}`
      : result.end.replaceAll('_', ' ');
  const words = lastWords(result.stderrTail);
  return { works: false, version: null, problem: words === '' ? end : `${end}: ${words}` };
}
