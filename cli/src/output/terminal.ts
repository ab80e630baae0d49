import type { Severity } from '@securescan/contracts';
import { escapeControls, PLAIN_PALETTE } from '@securescan/core';
import type { Palette } from '@securescan/core';
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

/** Colours for standard output: only on a terminal, and only if nobody objects. */
export function stdoutPalette(terminal: Terminal): Palette {
  return terminal.stdout.isTTY && !terminal.isColourUnwanted ? colourPalette() : PLAIN_PALETTE;
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
