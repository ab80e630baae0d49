import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isActive, isComplete, renderBaseline } from '@securescan/core';
import type { ScanResult } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { shownPath } from '../options/chosen-config';
import type { ScanFlags } from '../options/scan-flags';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { outcomeWords } from '../output/progress';
import { FileSink, notWritable } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { Engine } from '../services/engine';
import { dayOf, engineOrderOf } from '../services/engine-order';
import { planTreeScan, type TreeScanPlan } from './plan-tree-scan';
import { watched } from './watched';

const DEFAULT_PLACE = join('.securescan', 'baseline.json');

/** `securescan baseline [target]`: scans, and writes down what is there. An incomplete scan writes nothing. */
export async function runBaselineCommand(
  path: string,
  { outputFile, ...flags }: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, cwd, environment } = context;
  const plan = await planTreeScan(path, flags, context);
  const file = placeOf(outputFile, plan, cwd);
  const order = engineOrderOf({
    ...plan,
    places: { url: null, host: null },
    baseline: [],
    today: dayOf(environment.fakeNow),
  });
  const result = await watched(
    terminal,
    { ...plan.settings, scannedRoot: plan.target.root },
    async (services, watch) => {
      const engine = services.get(Engine);
      await engine.clearLeftovers();
      return engine.scan({ ...order, target: plan.target, ...watch });
    },
  );
  const missing = missingScanners(result, plan);
  if (missing !== null && !plan.settings.isIncompleteAllowed) {
    writeNotice(
      terminal,
      oneRow(`nothing was written, as the scan is incomplete: ${missing}`, Infinity),
    );
    return EXIT_CODES.incomplete;
  }
  await write(file, textOf(file, result, plan));
  if (!plan.settings.isQuiet) {
    const count = result.findings.filter(isActive).length;
    const words = `wrote ${count} ${count === 1 ? 'finding' : 'findings'} to ${shownPath(file, cwd)}`;
    writeNotice(terminal, oneRow(words, Infinity));
  }
  return EXIT_CODES.clean;
}

/** The line's own word, else where the configuration looks for it, else where it is expected. */
function placeOf(named: string | undefined, { config, target }: TreeScanPlan, cwd: string): string {
  if (named !== undefined) return resolve(cwd, named);
  return config?.baseline ?? join(target.root, DEFAULT_PLACE);
}

function missingScanners(
  { outcomes }: ScanResult,
  { settings: { requiredScanners } }: TreeScanPlan,
): string | null {
  const missing = outcomes.filter(
    ({ scanner, status }) =>
      status === 'failed' ||
      status === 'timed_out' ||
      (status === 'skipped' && requiredScanners.includes(scanner)),
  );
  if (missing.length === 0) return isComplete(outcomes) ? null : 'no scanner completed';
  return missing.map((outcome) => `${outcome.scanner} ${outcomeWords(outcome)}`).join('; ');
}

function textOf(file: string, result: ScanResult, { target, settings }: TreeScanPlan): string {
  return renderBaseline({
    generatedBy: 'securescan',
    targetPath: relative(dirname(file), target.path).split(sep).join('/') || '.',
    scanTypes: settings.scanTypes,
    outcomes: result.outcomes,
    findings: result.findings,
  });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (cause) {
    // Expected: a file stands where a directory should be, or the place is somebody else's.
    throw notWritable(file, cause);
  }
  await new FileSink(file).write([text]);
}
