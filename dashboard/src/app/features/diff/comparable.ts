import type { ScanBody } from '@securescan/contracts';

/**
 * Those of the completed scans that the server would compare with the other one, as far as a list can tell: of the same
 * project, and about the same thing. A directory may lie elsewhere each time, so paths are left to the server.
 */
export function comparableWith(
  other: ScanBody | null,
  scans: readonly ScanBody[],
): readonly ScanBody[] {
  if (other === null) return scans;
  return scans.filter(
    (scan) =>
      scan.id !== other.id &&
      scan.project === other.project &&
      scan.target_url === other.target_url &&
      scan.target_host === other.target_host &&
      (scan.target_path === null) === (other.target_path === null),
  );
}
