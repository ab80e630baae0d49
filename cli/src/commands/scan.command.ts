import type { ScanDocument } from '@securescan/core';
import type { CommandContext } from '../command-context';
import { recordScan } from '../history/record-scan';
import { shownPath } from '../options/chosen-config';
import type { ScanFlags } from '../options/scan-flags';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { renderSettingsJson, renderSettingsTable } from '../output/explained-settings';
import { StdoutSink } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { writeScan } from '../output/write-report';
import { dayOf } from '../services/engine-order';
import { ScanRunner } from '../services/scan-runner';
import { watched } from './watched';
import { judgeScan, withVisible } from './judge-scan';
import { planScan, readLine, type ScanPlan } from './scan-plan';
import { runRemoteScan } from './remote-scan';
import { runStagedScan } from './staged-scan';

/** `securescan scan [target]`: everything is checked first, then scanned, then written, then judged. */
export async function runScanCommand(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.server !== undefined) return runRemoteScan(argument, flags, context);
  if (flags.explainConfig === true) return explain(argument, flags, context);
  if (flags.staged === true) return runStagedScan(argument ?? '.', flags, context);
  const { terminal, cwd } = context;
  const plan = await planScan(argument, flags, context);
  if (plan.config !== null && !plan.settings.isQuiet) {
    const shown = shownPath(plan.config.file, cwd);
    writeNotice(terminal, oneRow(`loaded configuration from ${shown}`, Infinity));
    if (plan.resolved.ai.value && plan.settings.advice === null)
      writeNotice(terminal, 'nobody is asked for advice: SECURESCAN_AI_BASE_URL is not set');
  }
  return recordScan(plan, context, async (note) => {
    const document = withVisible(await scan(plan, context), plan.settings);
    note(document);
    await writeScan(document, plan.settings, context);
    return judgeScan(document, plan.settings, terminal);
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
