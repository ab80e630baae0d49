import type { Severity } from '@securescan/contracts';
import { escapeControls, PLAIN_PALETTE } from '@securescan/core';
import type { Palette, TextStyle } from '@securescan/core';
import pc from 'picocolors';

/** The two streams that people see, and what may be done to them. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly isColourUnwanted: boolean;
}

/** Writes one line of ours to standard error. The text must be ours or escaped. */
export function writeNotice(terminal: Terminal, text: string): void {
  terminal.stderr.write(`securescan: ${text}\n`);
}

/** How standard output shows text: cut and coloured on a terminal alone, and coloured only if nobody objects. */
export function stdoutStyle({ stdout, isColourUnwanted }: Terminal): TextStyle {
  if (!stdout.isTTY) return { palette: PLAIN_PALETTE, columns: null };
  const palette = isColourUnwanted ? PLAIN_PALETTE : colourPalette();
  return { palette, columns: stdout.columns };
}

function colourPalette(): Palette {
  const colour = pc.createColors(true);
  const bySeverity: Readonly<Record<Severity, (text: string) => string>> = {
    critical: (text) => colour.bold(colour.red(text)),
    high: colour.red,
    medium: colour.yellow,
    low: colour.blue,
    info: colour.dim,
  };
  return {
    severity: (severity, text) => bySeverity[severity](text),
    strong: colour.bold,
    faint: colour.dim,
  };
}

/** One row of at most `columns` characters, fit for a terminal whatever the text holds. */
export function oneRow(text: string, columns: number): string {
  const safe = escapeControls(text);
  return safe.length <= columns ? safe : `${safe.slice(0, Math.max(0, columns - 1))}…`;
}
