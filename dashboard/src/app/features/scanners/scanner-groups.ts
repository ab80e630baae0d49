import { SCAN_TYPES, type ScanType, type ScannerStatusBody } from '@securescan/contracts';

export const READINESS = ['all', 'ready', 'missing'] as const;
export type Readiness = (typeof READINESS)[number];

export interface ScannerGroup {
  readonly type: ScanType;
  readonly scanners: readonly ScannerStatusBody[];
}

/** The scanners that are looked for, by what they look at; kinds without any are left out. */
export function groupsOf(
  scanners: readonly ScannerStatusBody[],
  sought: string,
  readiness: Readiness,
): readonly ScannerGroup[] {
  const words = sought.toLowerCase().split(/\s+/);
  const isWanted = ({ name, description, checks, available }: ScannerStatusBody): boolean => {
    if (readiness !== 'all' && available !== (readiness === 'ready')) return false;
    const text = [name, description, ...checks].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return SCAN_TYPES.map((type) => ({
    type,
    scanners: scanners.filter((scanner) => scanner.scan_type === type && isWanted(scanner)),
  })).filter((group) => group.scanners.length > 0);
}
