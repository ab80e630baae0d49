import type { ScannerStatusBody } from '@securescan/contracts';
import { escapeControls } from '@securescan/core';

const HEADINGS = ['Scanner', 'Type', 'Available', 'Version', 'Network', 'Details'] as const;

/** The scanners as a table for people, one line each, ending in a newline. */
export function renderStatusTable(scanners: readonly ScannerStatusBody[]): string {
  const rows = [HEADINGS, ...scanners.map(cellsOf)].map((cells) => cells.map(escapeControls));
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
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
