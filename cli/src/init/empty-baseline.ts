import type { ScanType } from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';

/** A baseline that knows no finding yet. Lies in a directory below the root, hence its target. */
export function renderEmptyBaseline(scanTypes: readonly ScanType[]): string {
  const baseline = {
    findings: [],
    generated_by: 'securescan init',
    scan_types: [...scanTypes].sort(compareCodePoints),
    target_path: '..',
    version: 1,
  };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}
