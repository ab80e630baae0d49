import type { FileBatch, InspectedFile } from '@securescan/scan-engine';

/** One scanner over one file, which the reading thread did not survive. */
export interface Casualty {
  readonly path: string;
  readonly scanner: string;
  readonly reason: string;
}

/** The batch without what ended a thread. */
export function withoutCasualties(batch: FileBatch, casualties: readonly Casualty[]): FileBatch {
  if (casualties.length === 0) return batch;
  const files = batch.files.map(({ path, scanners }) => ({
    path,
    // A file that is read for its comments alone has no scanner to leave out.
    isKept: scanners.length === 0 && !casualties.some((one) => one.path === path),
    scanners: scanners.filter(
      (scanner) => !casualties.some((one) => one.path === path && one.scanner === scanner),
    ),
  }));
  return {
    ...batch,
    files: files
      .filter(({ isKept, scanners }) => isKept || scanners.length > 0)
      .map(({ path, scanners }) => ({ path, scanners })),
  };
}

/** The answer for the whole batch: what ended a thread counts as a file that its scanner skipped. */
export function withCasualties(
  batch: FileBatch,
  inspected: readonly InspectedFile[],
  casualties: readonly Casualty[],
): readonly InspectedFile[] {
  if (casualties.length === 0) return inspected;
  const byPath = new Map(inspected.map((file) => [file.path, file]));
  return batch.files.map(({ path }) => {
    const file = byPath.get(path) ?? { path, unread: null, reports: [] };
    const lost = casualties
      .filter((one) => one.path === path)
      .map(({ scanner, reason }) => ({ scanner, findings: [], skipped: reason, notes: [] }));
    return { ...file, reports: [...file.reports, ...lost] };
  });
}
