import { type ScanType, type TargetKind, TREE_SCAN_TYPES } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import type { ScanEntity } from './scan.entity';

/** The project of scans that judge the server's own machine and name no path, and what they look at. */
export const THIS_MACHINE = 'this machine';

type Scan = Pick<
  Fields<ScanEntity>,
  'targetPath' | 'targetInProject' | 'targetUrl' | 'targetHost' | 'options'
>;

/** What scanners look at, the same in every scan of it. */
export interface ScannedPlace {
  readonly kind: TargetKind;
  readonly place: string;
}

/** What scanners of a type look at in a scan; `null` where the scan has nothing for them. */
export function placeOfType(scan: Scan, type: ScanType): ScannedPlace | null {
  const kind = kindOfType(scan, type);
  const place = placesOf(scan)[kind];
  return place === null ? null : { kind, place };
}

function kindOfType({ options }: Scan, type: ScanType): TargetKind {
  if (TREE_SCAN_TYPES.includes(type)) return 'tree';
  if (type === 'dast') return 'url';
  if (type === 'network') return 'host';
  return options.hostProbes === true ? 'machine' : 'tree';
}

/** A checkout may lie elsewhere each time: its place in the project counts, where it is known. */
function placesOf(scan: Scan): Readonly<Record<TargetKind, string | null>> {
  return {
    tree: scan.targetInProject ?? scan.targetPath,
    url: scan.targetUrl,
    host: scan.targetHost,
    machine: THIS_MACHINE,
  };
}

/** The first two places of one kind at which two scans looked and that are not the same; `null` where there are none. */
export function differingPlaces(one: Scan, other: Scan): readonly [string, string] | null {
  const isPlaced = one.targetInProject !== null && other.targetInProject !== null;
  const comparable = (scan: Scan): Scan => (isPlaced ? scan : { ...scan, targetInProject: null });
  const [before, after] = [placesOf(comparable(one)), placesOf(comparable(other))];
  for (const kind of ['tree', 'url', 'host'] as const) {
    // What only one of them looked at is told by the scanners that only one of them has.
    if (before[kind] === null || after[kind] === null || before[kind] === after[kind]) continue;
    return [before[kind], after[kind]];
  }
  return null;
}
