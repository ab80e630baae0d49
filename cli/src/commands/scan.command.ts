import { countAtOrAbove, isActive, isComplete, RENDERERS } from '@securescan/core';
import type { ScanDocument, ScannerOutcome } from '@securescan/core';
import type { CommandContext } from '../command-context';
import { recordScan } from '../history/record-scan';
import { shownPath } from '../options/chosen-config';
import type { ScanFlags } from '../options/scan-flags';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, exitCodeOfScan } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { renderSettingsJson, renderSettingsTable } from '../output/explained-settings';
import { outcomeWords } from '../output/progress';
import { StdoutSink } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { writeReport } from '../output/write-report';
import type { Terminal } from '../output/terminal';
import { dayOf } from '../services/engine-order';
import { ScanRunner } from '../services/scan-runner';
import { watched } from './watched';
import { planScan, readLine, type ScanPlan } from './scan-plan';

/** `securescan scan [target]`: everything is checked first, then scanned, then written, then judged. */
export async function runScanCommand(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.explainConfig === true) return explain(argument, flags, context);
  const { terminal, cwd } = context;
  const plan = await planScan(argument, flags, context);
  if (plan.config !== null && !plan.settings.isQuiet) {
    const shown = shownPath(plan.config.file, cwd);
    writeNotice(terminal, oneRow(`loaded configuration from ${shown}`, Infinity));
  }
  return recordScan(plan, context, async (note) => {
    const document = withVisible(await scan(plan, context), plan.settings);
    note(document);
    const { render } = RENDERERS[plan.settings.format];
    await writeReport((options) => render(document, options), plan.settings, context);
    return judge(document, plan.settings, terminal);
  });
}

/** `scan --explain-config`: which settings a scan would have, and why. Without a target it is about the working directory. */
async function explain(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const namesPlace = flags.targetUrl !== undefined || flags.targetHost !== undefined;
  const target = argument ?? (namesPlace ? null : '.');
  const { resolved, config, problems } = await readLine(target, flags, context);
  if (problems.length > 0) throw new UsageError(problems);
  const explanation = {
    settings: resolved,
    environment: context.environment,
    config: config === null ? null : shownPath(config.file, context.cwd),
  };
  const { value, source } = resolved.output;
  const isForPrograms = value === 'json' && source === 'flag';
  const text = isForPrograms ? renderSettingsJson(explanation) : renderSettingsTable(explanation);
  await new StdoutSink(context.terminal.stdout).write([text]);
  return EXIT_CODES.clean;
}

function scan(plan: ScanPlan, { terminal, environment }: CommandContext): Promise<ScanDocument> {
  const { places, settings, semgrepRules, baseline } = plan;
  const today = dayOf(environment.fakeNow);
  const scannedRoot = places.target?.root ?? null;
  return watched(terminal, { ...settings, scannedRoot }, (services, watch) =>
    services.get(ScanRunner).run({ places, settings, semgrepRules, baseline, today, ...watch }),
  );
}

/** What is suppressed is counted, whether or not it is listed. */
function withVisible(document: ScanDocument, { showsSuppressed }: ScanSettings): ScanDocument {
  if (showsSuppressed !== false) return document;
  return { ...document, findings: document.findings.filter(isActive) };
}

/** The exit code, and why it is not 0. */
function judge(document: ScanDocument, settings: ScanSettings, terminal: Terminal): ExitCode {
  const { requiredScanners, isIncompleteAllowed, isQuiet } = settings;
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
  const reasons = gateReasons(document, settings);
  if (!isQuiet) for (const reason of reasons) writeNotice(terminal, reason);
  return exitCodeOfScan({ isGateReached: reasons.length > 0, isIncomplete, isIncompleteAllowed });
}

/** Why the findings are too many or too bad. */
function gateReasons(
  document: ScanDocument,
  { threshold, mostFindings }: ScanSettings,
): readonly string[] {
  const active = document.findings.filter(isActive);
  const gated = threshold === null ? 0 : countAtOrAbove(active, threshold);
  const reasons: string[] = [];
  if (gated > 0 && threshold !== null)
    reasons.push(
      `${gated} ${gated === 1 ? 'finding is' : 'findings are'} of severity ${threshold} or worse`,
    );
  if (mostFindings !== null && active.length > mostFindings)
    reasons.push(
      `there are ${active.length} findings, and ${mostFindings} ${mostFindings === 1 ? 'is' : 'are'} let through`,
    );
  return reasons;
}

/** A tool that is not installed is reported and no failure, unless its scanner was required. */
function isMissing(outcome: ScannerOutcome, required: readonly string[]): boolean {
  if (outcome.status === 'completed') return false;
  return outcome.status !== 'skipped' || required.includes(outcome.scanner);
}
