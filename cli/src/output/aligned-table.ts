import { escapeControls } from '@securescan/core';

/** Rows of cells as lines whose columns stand below each other, two spaces apart; ends in a newline. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((cells) => cells.map(escapeControls));
  const widths: number[] = [];
  for (const cells of safe)
    cells.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  const lines = safe.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
