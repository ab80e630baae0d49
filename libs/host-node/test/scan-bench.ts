import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BUDGETS,
  runScan,
  type Budgets,
  type Scanner,
  type ScanRequest,
  type ScanResult,
} from '@securescan/scan-engine';
import { createHostPorts, type HostPortsOptions, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { writeTool } from './hostile-tools';
import { answeringVersion, plainRequest } from './stand-ins';

/** A value that stands in our environment while a bench is open and must come out nowhere. */
export const CANARY = 'canary-4b1f0c77a2';

/**
 * A tree to scan with real ports, tools beside it, and a home and a temporary directory of its own, so that whatever a scan
 * writes or leaves behind can be seen.
 */
export class ScanBench {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'scan-bench-')));
  readonly tree = join(this.base, 'shop');
  readonly tools = join(this.base, 'tools');
  private readonly home = join(this.base, 'home');
  private readonly temporary = join(this.base, 'tmp');
  private readonly environment = { ...process.env };
  private ports: NodeHostPorts | null = null;

  constructor(private readonly options: HostPortsOptions & { readonly path?: string } = {}) {
    for (const path of [this.tree, this.tools, this.home, this.temporary]) mkdirSync(path);
    process.env['TMPDIR'] = this.temporary;
    process.env['HOME'] = this.home;
    process.env['SCAN_BENCH_CANARY'] = CANARY;
  }

  /** Text below the tree; `mode` makes it executable. */
  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.tree, path)), { recursive: true });
    writeFileSync(join(this.tree, path), text);
    chmodSync(join(this.tree, path), mode);
  }

  tool(name: string, source: string): void {
    writeTool(this.tools, name, answeringVersion(source));
  }

  /** Scans the tree, with the scanners of the registry unless others are given. */
  async scan(
    scanners?: readonly Scanner[],
    { budgets = BUDGETS, ...changes }: Partial<ScanRequest> & { budgets?: Budgets } = {},
  ): Promise<ScanResult> {
    const target = await resolveTarget(this.tree, { cwd: '/' });
    const request = { target, ...plainRequest(2), ...changes };
    this.ports ??= createHostPorts({
      journalDirectory: join(this.base, 'run'),
      toolsDirectory: this.tools,
      ...this.options,
    });
    const settings = { budgets, ...(scanners === undefined ? {} : { scanners }) };
    return runScan(request, this.ports, () => undefined, settings);
  }

  /** What a scan that is over left behind: processes with one of our paths in their arguments, directories, notes. */
  leftovers(): string[] {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name) && name !== String(process.pid))
      .map(commandLine)
      .filter((command) => command.includes(this.base));
    const entries = [this.temporary, this.home, join(this.base, 'run')].flatMap(namesIn);
    return [...processes, ...entries];
  }

  async close(): Promise<void> {
    await this.ports?.killAll();
    process.env = this.environment;
    rmSync(this.base, { recursive: true, force: true });
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Expected: it ended since the listing.
    return '';
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Expected: nothing was ever put there.
    return [];
  }
}

/** Every entry below a directory with its kind, size and time of change, whatever bytes its name has. */
export function snapshot(directory: string): string[] {
  const walk = (path: Buffer): string[] => {
    const stats = lstatSync(path);
    const line = `${path.toString('latin1')} ${stats.mode} ${stats.size} ${stats.mtimeMs}`;
    if (!stats.isDirectory()) return [line];
    const names = readdirSync(path, { encoding: 'buffer' });
    return [line, ...names.flatMap((name) => walk(Buffer.concat([path, Buffer.from('/'), name])))];
  };
  return walk(Buffer.from(directory)).sort((a, b) => (a < b ? -1 : 1));
}
