import type { LocatedInput, ParsedFinding } from '@securescan/core';
import type { FileTree } from './ports';
import { toProjectPath, type ProjectPathResult } from './project-path';
import type { Scanner } from './scanner';

const MAX_MATCHED_LINES = 10;
const SNIPPET_LINES_BEFORE = 3;
const SNIPPET_LINES = 7;

/** What one scanner reported, with its place in the registry. */
export interface Report {
  readonly scanner: Scanner;
  readonly registryIndex: number;
  readonly findings: readonly ParsedFinding[];
}

export interface LocatedReports {
  readonly inputs: readonly LocatedInput[];
  /** By scanner, how many of its findings named a path outside the project root. */
  readonly outside: ReadonlyMap<string, number>;
}

interface Placed {
  readonly report: Report;
  readonly parsed: ParsedFinding;
  readonly place: ProjectPathResult | null;
}

/**
 * Gives every finding its path relative to the root and the source that it matched, in the order of the reports. Each file is
 * read once, and only one is held at a time.
 */
export async function locateFindings(
  reports: readonly Report[],
  root: string,
  files: FileTree,
): Promise<LocatedReports> {
  const placed = reports.flatMap((report) =>
    report.findings.map((parsed) => place(report, parsed, root)),
  );
  const inputs: LocatedInput[] = placed.map((item) => withoutSource(item));
  for (const [path, indexes] of indexesByFile(placed)) {
    const text = await files.readText(path);
    if (text === null) continue;
    const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    for (const index of indexes) {
      const input = inputs[index];
      if (input !== undefined) inputs[index] = withSource(input, lines);
    }
  }
  return { inputs, outside: countOutside(placed) };
}

function place(report: Report, parsed: ParsedFinding, root: string): Placed {
  const path = parsed.filePath;
  return { report, parsed, place: path === null ? null : toProjectPath(path, root) };
}

function withoutSource({ report, parsed, place }: Placed): LocatedInput {
  return {
    scanner: report.scanner.name,
    scanType: report.scanner.scanType,
    registryIndex: report.registryIndex,
    parsed,
    filePath: isInProject(place) ? place.normalised : null,
    sourceLines: null,
    snippet: null,
  };
}

function indexesByFile(placed: readonly Placed[]): Map<string, number[]> {
  const byFile = new Map<string, number[]>();
  placed.forEach(({ place, parsed }, index) => {
    if (!isInProject(place) || parsed.lineStart === null || parsed.withholdsSource === true) return;
    const indexes = byFile.get(place.onDisk);
    if (indexes === undefined) byFile.set(place.onDisk, [index]);
    else indexes.push(index);
  });
  return byFile;
}

function withSource(input: LocatedInput, lines: readonly string[]): LocatedInput {
  const start = input.parsed.lineStart;
  // Expected: the file changed since the tool read it.
  if (start === null || start < 1 || start > lines.length) return input;
  const end = Math.max(start, input.parsed.lineEnd ?? start);
  const firstShown = Math.max(1, start - SNIPPET_LINES_BEFORE);
  return {
    ...input,
    sourceLines: lines.slice(start - 1, Math.min(end, start + MAX_MATCHED_LINES - 1)),
    snippet: {
      startLine: firstShown,
      lines: lines.slice(firstShown - 1, firstShown - 1 + SNIPPET_LINES),
    },
  };
}

function countOutside(placed: readonly Placed[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { place, report } of placed) {
    if (place !== 'outside') continue;
    counts.set(report.scanner.name, (counts.get(report.scanner.name) ?? 0) + 1);
  }
  return counts;
}

function isInProject(place: ProjectPathResult | null): place is Exclude<ProjectPathResult, string> {
  return place !== null && typeof place !== 'string';
}
