import { compareCodePoints, type ScannerOutcome, type SkippedFiles } from '@securescan/core';
import { oneLine, withoutRoot } from './one-line';
import type { FileTree } from './ports';
import { toProjectPath } from './project-path';
import type { ScannerReport, SkippedFile } from './scanner';

const MAX_EXAMPLES = 10;
/** A tool may give a reason of its own to every file; what is beyond this many is counted together. */
const MAX_REASONS = 30;
const OTHER_REASONS = 'other reasons';

/** What a scanner read and what it left, as its outcome tells it. */
export type Coverage = Pick<ScannerOutcome, 'filesAssessed' | 'bytesAssessed' | 'filesSkipped'>;

/** Counts what a report names. A file that is named twice counts once, and one that the walk did not list weighs nothing. */
export function coverageOf(report: ScannerReport, root: string, files: FileTree): Coverage {
  const filesSkipped = groupByReason(report.skipped, root);
  if (report.assessed === null) return { filesAssessed: null, bytesAssessed: null, filesSkipped };
  const assessed = new Set(report.assessed.map((path) => pathInProject(path, root)));
  let bytesAssessed = 0;
  for (const { path, sizeBytes } of files.files) if (assessed.has(path)) bytesAssessed += sizeBytes;
  return { filesAssessed: assessed.size, bytesAssessed, filesSkipped };
}

/** Every file that a report says was not read, by its path in the project. */
export function unreadFiles(report: ScannerReport, root: string): ReadonlySet<string> {
  return new Set(report.skipped.map(({ path }) => pathInProject(path, root)));
}

function groupByReason(skipped: readonly SkippedFile[], root: string): SkippedFiles[] {
  const groups = new Map<string, Set<string>>();
  for (const { path, reason } of skipped) {
    const words = oneLine(withoutRoot(reason, root)) || 'no reason given';
    const key = groups.has(words) || groups.size < MAX_REASONS ? words : OTHER_REASONS;
    const paths = groups.get(key) ?? new Set<string>();
    groups.set(key, paths.add(oneLine(pathInProject(path, root))));
  }
  return Array.from(groups, ([reason, paths]) => ({
    reason,
    count: paths.size,
    paths: [...paths].sort(compareCodePoints).slice(0, MAX_EXAMPLES),
  })).sort((a, b) => compareCodePoints(a.reason, b.reason));
}

function pathInProject(path: string, root: string): string {
  const place = toProjectPath(path, root);
  if (place === 'root') return '.';
  return place === 'outside' ? withoutRoot(path, root) : place.onDisk;
}
