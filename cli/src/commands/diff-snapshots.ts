import { resolve } from 'node:path';
import { SCAN_TYPES, DIFF_FORMATS } from '@securescan/contracts';
import { diffFindings, UserError, type DiffSide, type Snapshot } from '@securescan/core';
import { productVersion, readSnapshotFile } from '@securescan/host-node';
import { SCANNERS } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import { readFurtherReports } from '../options/further-reports';
import { findTarget } from '../options/scan-places';
import { readScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { outputFileProblem } from '../output/sink';
import { reviewProblems } from './plan-review';
import type { JudgedDiff } from './tell-diff';

/** Compares two stored scans; nothing is scanned, and no configuration has a say. */
export async function diffSnapshots(
  {
    target: path,
    ...files
  }: { readonly base: string; readonly head: string; readonly target: string },
  flags: DiffFlags,
  { environment, cwd }: CommandContext,
): Promise<JudgedDiff> {
  const sources = {
    flags,
    environment,
    config: null,
    target: null,
    scanners: SCANNERS,
    formats: DIFF_FORMATS,
  };
  const { settings, resolved, problems } = readScanSettings(sources);
  const { outputFile } = settings;
  const problemsOfFurther: string[] = [];
  const further = await readFurtherReports(flags, cwd, problemsOfFurther);
  if (flags.headReport !== undefined)
    problemsOfFurther.push(
      '--head-report: nothing is scanned here; --head-snapshot is that report.',
    );
  const target = await findTarget(path, cwd);
  const outputProblem = outputFile === null ? null : await outputFileProblem(outputFile, cwd);
  const all = [
    ...(typeof target === 'string' ? [target] : []),
    ...problems,
    ...problemsOfFurther,
    ...reviewProblems(resolved, false, further.reports),
    ...(outputProblem === null ? [] : [outputProblem]),
  ];
  if (all.length > 0 || target === null || typeof target === 'string') throw new UsageError(all);
  const base = readSnapshotFile(resolve(cwd, files.base), files.base);
  const head = readSnapshotFile(resolve(cwd, files.head), files.head);
  return {
    settings,
    root: target.root,
    further,
    document: {
      toolVersion: productVersion(),
      command: 'diff',
      base: { name: files.base, commit: null },
      head: { name: files.head, commit: null },
      target: '.',
      project: null,
      scanTypes: SCAN_TYPES.filter((type) =>
        [base, head].some(({ scanTypes }) => scanTypes.includes(type)),
      ),
      policy: 'that of the stored scans',
      pendingPolicy: [],
      diff: diffFindings(sideOf(base, files.base), sideOf(head, files.head)),
      outcomes: head.outcomes,
      notices: [],
      showsSuppressed: settings.showsSuppressed !== false,
    },
  };
}

/** Throws UserError where the file does not say which scanners ran: what it lacks may never have been looked for. */
export function sideOf({ findings, coverage }: Snapshot, file: string): DiffSide {
  if (coverage !== null) return { findings, coverage };
  throw new UserError(
    'SNAPSHOT_INVALID',
    `${file} does not say which scanners ran, so that nothing can be compared with it; write it again with "securescan baseline" or "securescan scan --output json".`,
  );
}
