import { resolve } from 'node:path';
import { countAtOrAbove, isActive, isComplete, RENDERERS } from '@securescan/core';
import type { ScanDocument, ScannerOutcome } from '@securescan/core';
import { SCANNERS } from '@securescan/scan-engine';
import { withServices } from '../cli.module';
import type { CommandContext } from '../command-context';
import { recordScan } from '../history/record-scan';
import { interruptible } from '../interruption';
import { readRulePaths } from '../options/rule-paths';
import type { ScanFlags } from '../options/scan-flags';
import { readPlaces, type ScanPlaces } from '../options/scan-places';
import { readScanSettings } from '../options/scan-settings';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { exitCodeOfScan } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { createProgressView, outcomeWords } from '../output/progress';
import { FileSink, outputFileProblem, StdoutSink } from '../output/sink';
import { oneRow, stdoutPalette, writeNotice } from '../output/terminal';
import type { Terminal } from '../output/terminal';
import { ScanRunner } from '../services/scan-runner';

interface ScanPlan {
  readonly places: ScanPlaces;
  readonly semgrepRules: readonly string[];
  readonly settings: ScanSettings;
}

/** `securescan scan [target]`: everything is checked first, then scanned, then written, then judged. */
export async function runScanCommand(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const plan = await planScan(argument, flags, context);
  return recordScan(plan, context, async (note) => {
    const document = await scan(plan, context.terminal);
    note(document);
    await writeReport(document, plan.settings, context);
    return judge(document, plan.settings, context.terminal);
  });
}

/** Collects all that is wrong with the line before it says any of it. Throws UsageError. */
async function planScan(
  argument: string | null,
  flags: ScanFlags,
  { environment, cwd }: CommandContext,
): Promise<ScanPlan> {
  const { settings, problems } = readScanSettings(flags, environment, SCANNERS);
  const { outputFile } = settings;
  const [reading, rules, outputProblem] = await Promise.all([
    readPlaces(argument, settings, cwd),
    readRulePaths(settings.semgrepRules, cwd),
    outputFile === null ? null : outputFileProblem(outputFile, cwd),
  ]);
  const all = [
    ...reading.problems,
    ...problems,
    ...rules.problems,
    ...(outputProblem === null ? [] : [outputProblem]),
  ];
  if (all.length > 0) throw new UsageError(all);
  return { places: reading.places, semgrepRules: rules.rules, settings };
}

async function scan(
  { places, semgrepRules, settings }: ScanPlan,
  terminal: Terminal,
): Promise<ScanDocument> {
  const progress = createProgressView(terminal, settings.isQuiet);
  const onInterrupt = (): void => {
    // The rows stand still from now on, or they would be drawn over the notice.
    progress.close();
    writeNotice(terminal, 'interrupted, stopping the scanners');
  };
  try {
    return await interruptible(
      (signal) =>
        withServices(
          terminal,
          (services) =>
            services.get(ScanRunner).run({
              places,
              semgrepRules,
              settings,
              signal,
              onProgress: (event) => {
                progress.show(event);
              },
            }),
          {
            sandbox: settings.isSandboxed,
            ...(places.target === null ? {} : { scannedRoot: places.target.root }),
          },
        ),
      onInterrupt,
    );
  } finally {
    progress.close();
  }
}

async function writeReport(
  document: ScanDocument,
  settings: ScanSettings,
  { terminal, cwd }: CommandContext,
): Promise<void> {
  const { format, outputFile } = settings;
  const renderer = RENDERERS[format];
  if (outputFile === null) {
    await new StdoutSink(terminal.stdout).write(
      renderer.render(document, { palette: stdoutPalette(terminal) }),
    );
    return;
  }
  await new FileSink(resolve(cwd, outputFile)).write(renderer.render(document, {}));
  if (!settings.isQuiet) writeNotice(terminal, oneRow(`wrote ${outputFile}`, Infinity));
}

/** The exit code, and why it is not 0. */
function judge(document: ScanDocument, settings: ScanSettings, terminal: Terminal): ExitCode {
  const { threshold, requiredScanners, isIncompleteAllowed, isQuiet } = settings;
  const gated =
    threshold === null ? 0 : countAtOrAbove(document.findings.filter(isActive), threshold);
  const missing = document.outcomes.filter((outcome) => isMissing(outcome, requiredScanners));
  const isIncomplete = missing.length > 0 || !isComplete(document.outcomes);
  if (isIncomplete) {
    const which = missing
      .map((outcome) => `${outcome.scanner} ${outcomeWords(outcome)}`)
      .join('; ');
    writeNotice(
      terminal,
      oneRow(`the scan is incomplete: ${which || 'no scanner completed'}`, Infinity),
    );
  }
  if (gated > 0 && threshold !== null && !isQuiet) {
    writeNotice(
      terminal,
      `${gated} ${gated === 1 ? 'finding is' : 'findings are'} of severity ${threshold} or worse`,
    );
  }
  return exitCodeOfScan({ isGateReached: gated > 0, isIncomplete, isIncompleteAllowed });
}

/** A tool that is not installed is reported and no failure, unless its scanner was required. */
function isMissing(outcome: ScannerOutcome, required: readonly string[]): boolean {
  if (outcome.status === 'completed') return false;
  return outcome.status !== 'skipped' || required.includes(outcome.scanner);
}
