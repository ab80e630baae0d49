import type { ScannerStatusBody } from '@securescan/contracts';
import type { HostPorts } from './ports';
import { SCANNERS } from './registry';
import { describeFailure } from './one-line';
import type { ExternalScanner, RemoteService, Scanner, ScanOptions } from './scanner';
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
      ...(await inspectScanner(scanner, ports, options)),
      needs_network: needsNetwork(scanner, options),
      installable: scanner.kind === 'external' && scanner.tool.package !== undefined,
    })),
  );
}

type Inspected = Omit<ScannerStatusBody, 'needs_network' | 'installable'>;

async function inspectScanner(
  scanner: Scanner,
  ports: HostPorts,
  options: ScanOptions,
): Promise<Inspected> {
  const found = await availabilityOf(scanner, ports, options);
  return {
    name: scanner.name,
    scan_type: scanner.scanType,
    ...found,
    description: scanner.description,
    checks: [...scanner.checks],
  };
}

type Availability = Pick<ScannerStatusBody, 'available' | 'version' | 'message' | 'install_hint'>;

function needsNetwork(scanner: Scanner, options: ScanOptions): boolean {
  if (scanner.kind === 'external') return scanner.needsNetwork(options);
  return scanner.kind === 'builtin' && scanner.needsNetwork === true;
}

async function availabilityOf(
  scanner: Scanner,
  ports: HostPorts,
  options: ScanOptions,
): Promise<Availability> {
  if (scanner.kind === 'external') return inspectTool(scanner, ports);
  if (scanner.kind === 'file' || scanner.service === undefined) return ownScanner(ports);
  return inspectService(scanner.service, ports, options);
}

async function inspectService(
  { version, installHint }: RemoteService,
  { http }: HostPorts,
  options: ScanOptions,
): Promise<Availability> {
  try {
    const found = await version(http, options, new AbortController().signal);
    return { available: true, version: found, message: 'answers', install_hint: null };
  } catch (error) {
    // Expected: it does not run, or refuses our key.
    const message = describeFailure(error);
    return { available: false, version: null, message, install_hint: installHint };
  }
}

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
