import type { ScanBody } from '@securescan/contracts';

/** Who reported a scan's findings: the scanners that ran to their end, or the tools that an imported document names. */
export function reportersOf({ imported, scanners_run }: ScanBody): readonly string[] {
  if (imported === null) return scanners_run;
  return [...new Set(imported.tools.map(({ scanner }) => scanner))];
}
