import { readDirectives } from '@securescan/core';
import { budgetExceeded } from './budgets';
import { describeFailure } from './one-line';
import type { FileBatch, InspectedFile } from './ports';
import type { FileReport } from './file-report';
import type { FileScanner } from './scanner';

/** A file's text, or a few words that say why there is none. */
export type TextReading = { readonly text: string } | { readonly unread: string };

/** What the thread that reads needs to know and to tell. */
export interface Inspection {
  readonly scanners: readonly FileScanner[];
  readonly read: (path: string) => TextReading;
  /** Called before a scanner sees a file, so that whoever watches knows which pair takes too long. */
  readonly onStep: (file: number, scanner: number) => void;
}

/** The work of a reading thread: each file of a batch is read once and shown to its scanners. */
export function inspectFiles(batch: FileBatch, inspection: Inspection): InspectedFile[] {
  return batch.files.map(({ path, scanners }, index) => {
    inspection.onStep(index, 0);
    const reading = inspection.read(path);
    if ('unread' in reading) return { path, unread: reading.unread, reports: [] };
    const { text, cut } = withinLineBudget(reading.text, batch.maxLineCharacters);
    const reports = scanners.map((name, position) => {
      inspection.onStep(index, position);
      const report = inspectOne(inspection.scanners, name, (scanner) =>
        scanner.inspectFile(path, text, batch.maxFileFindings),
      );
      return withinFindingBudget(
        { scanner: name, ...report, skipped: report.skipped ?? cut },
        batch,
      );
    });
    return { path, unread: null, reports, ...directivesOf(path, text) };
  });
}

function directivesOf(path: string, text: string): Pick<InspectedFile, 'directives'> {
  const directives = readDirectives(text, path.toWellFormed().normalize('NFC'));
  const isSilent = directives.directives.length === 0 && directives.problems.length === 0;
  return isSilent ? {} : { directives };
}

function inspectOne(
  scanners: readonly FileScanner[],
  name: string,
  inspect: (scanner: FileScanner) => FileReport,
): FileReport {
  const scanner = scanners.find((candidate) => candidate.name === name);
  try {
    if (scanner !== undefined) return inspect(scanner);
    return { findings: [], skipped: 'no such scanner', notes: [] };
  } catch (error) {
    // Expected: nothing. A defect of one scanner over one file must not cost the findings of all others.
    return { findings: [], skipped: describeFailure(error), notes: [] };
  }
}

/** Cuts lines that are too long, and keeps the number of every line. */
function withinLineBudget(text: string, most: number): { text: string; cut: string | null } {
  if (text.length <= most) return { text, cut: null };
  const lines = text.split('\n');
  if (lines.every((line) => line.length <= most)) return { text, cut: null };
  return {
    text: lines.map((line) => line.slice(0, most)).join('\n'),
    cut: budgetExceeded(`read only the first ${most} characters of a line`),
  };
}

/** Cuts by count and not by time, so that the same file gives the same findings on every machine. */
function withinFindingBudget<Report extends FileReport>(
  report: Report,
  { maxFileFindings: most }: FileBatch,
): Report {
  if (report.findings.length <= most) return report;
  return {
    ...report,
    findings: report.findings.slice(0, most),
    skipped: budgetExceeded(`reported only the first ${most} findings of a file`),
  };
}
