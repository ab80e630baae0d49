import type { ScannerStatusBody } from '@securescan/contracts';
import { alignedTable } from './aligned-table';

const HEADINGS = ['Scanner', 'Type', 'Available', 'Version', 'Network', 'Details'] as const;

/** The scanners as a table for people, one line each, ending in a newline. */
export function renderStatusTable(scanners: readonly ScannerStatusBody[]): string {
  return alignedTable([HEADINGS, ...scanners.map(cellsOf)]);
}

function cellsOf(scanner: ScannerStatusBody): readonly string[] {
  const hint = scanner.install_hint === null ? '' : `; install it with: ${scanner.install_hint}`;
  return [
    scanner.name,
    scanner.scan_type,
    scanner.available ? 'yes' : 'no',
    scanner.version ?? '-',
    scanner.needs_network ? 'yes' : 'no',
    `${scanner.message}${hint}`,
  ];
}
