import type { OutputFormat } from '@securescan/contracts';
import { SCANNERS, type ScanTarget } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import type { ScanFlags } from '../options/scan-flags';
import { readPdfBrowser } from '../options/pdf-browser';
import { findTarget } from '../options/scan-places';
import { readScanSettings, type ScanSettings } from '../options/scan-settings';
import type { Settings } from '../options/settings';
import { UsageError } from '../options/usage-error';
import { outputFileProblem } from '../output/sink';

/**
 * Checks a line whose configuration is not known yet, because it stands in a revision or in the index: everything that flags and
 * environment can get wrong is told before git is asked. Throws UsageError.
 */
export async function checkTreeLine(
  path: string,
  flags: ScanFlags,
  context: CommandContext,
  {
    formats,
    furtherProblems,
  }: {
    readonly formats: readonly OutputFormat[];
    readonly furtherProblems: (resolved: Settings) => readonly string[];
  },
): Promise<{ readonly target: ScanTarget; readonly settings: ScanSettings }> {
  const { environment, cwd } = context;
  const target = await findTarget(path, cwd);
  const sources = { flags, environment, config: null, target: null, scanners: SCANNERS, formats };
  const { settings, resolved, problems } = readScanSettings(sources);
  const { outputFile } = settings;
  const outputProblem = outputFile === null ? null : await outputFileProblem(outputFile, cwd);
  const scannedRoot = typeof target === 'string' ? undefined : target?.root;
  const { browser, problems: browserProblems } = readPdfBrowser(settings, context, scannedRoot);
  const all = [
    ...(typeof target === 'string' ? [target] : []),
    ...problems,
    ...furtherProblems(resolved),
    ...(outputProblem === null ? [] : [outputProblem]),
    ...browserProblems,
  ];
  if (all.length > 0 || target === null || typeof target === 'string') throw new UsageError(all);
  return { target, settings: { ...settings, browser } };
}
