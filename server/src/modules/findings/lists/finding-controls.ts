import { isActive } from '@securescan/core';
import type { Fields } from '../../../common/fields';
import type { FindingEntity } from '../finding.entity';

/** Tag of a control, scanner, active findings. */
type ControlCount = readonly [string, string, number];

/** How many active findings of each scanner are about each control. */
export function controlsOf(
  rows: readonly Pick<Fields<FindingEntity>, 'complianceTags' | 'metadata' | 'scanner'>[],
): readonly ControlCount[] {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    if (!isActive(row)) continue;
    for (const tag of row.complianceTags) {
      const ofTag = counts.get(tag) ?? new Map<string, number>();
      counts.set(tag, ofTag.set(row.scanner, (ofTag.get(row.scanner) ?? 0) + 1));
    }
  }
  return [...counts].flatMap(([tag, ofTag]) =>
    [...ofTag].map(([scanner, findings]): ControlCount => [tag, scanner, findings]),
  );
}
