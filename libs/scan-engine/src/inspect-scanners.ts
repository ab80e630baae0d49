import type { ScannerStatusBody } from '@securescan/contracts';
import type { HostPorts } from './ports';
import { SCANNERS } from './registry';
import type { ExternalScanner, Scanner, ScanOptions } from './scanner';
import { probeVersion } from './tool-version';

/**
 * Which scanners can run on this machine, in registry order. Each external tool is asked for its version, all at the same
 * time, so that one which is installed but broken shows. Takes as long as the slowest tool: callers keep the answer a while.
 * The options are those of a scan that names none itself; they decide who needs the network.
 */
export function inspectScanners(
  ports: HostPorts,
  scanners: readonly Scanner[] = SCANNERS,
  options: ScanOptions = { semgrepRules: [] },
): Promise<ScannerStatusBody[]> {
  return Promise.all(
    scanners.map(async (scanner) => ({
      ...(await inspectScanner(scanner, ports)),
      needs_network: scanner.kind === 'external' && scanner.needsNetwork(options),
      installable: scanner.kind === 'external' && scanner.tool.package !== undefined,
    })),
  );
}

type Inspected = Omit<ScannerStatusBody, 'needs_network' | 'installable'>;

async function inspectScanner(scanner: Scanner, ports: HostPorts): Promise<Inspected> {
  const found = scanner.kind === 'external' ? await inspectTool(scanner, ports) : ownScanner(ports);
  return {
    name: scanner.name,
    scan_type: scanner.scanType,
    ...found,
    description: scanner.description,
    checks: [...scanner.checks],
  };
}

type Availability = Pick<ScannerStatusBody, 'available' | 'version' | 'message' | 'install_hint'>;

function ownScanner({ productVersion }: HostPorts): Availability {
  return { available: true, version: productVersion, message: 'built in', install_hint: null };
}

async function inspectTool({ tool }: ExternalScanner, ports: HostPorts): Promise<Availability> {
  const missing = { available: false, version: null, install_hint: tool.installHint };
  const executable = await ports.tools.locate(tool.executable);
  if (executable === null) return { ...missing, message: `${tool.executable} is not installed` };
  const probe = await probeVersion(tool, executable, {
    ports,
    signal: new AbortController().signal,
  });
  if (!probe.works)
    return {
      ...missing,
      message: `${tool.executable} is installed but does not run: ${probe.problem}`,
    };
  const message = `${tool.executable} is available`;
  return { available: true, version: probe.version, message, install_hint: null };
}
