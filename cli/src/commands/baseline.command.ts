import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { OUTPUT_FORMATS } from '@securescan/contracts';
import { isActive, renderBaseline } from '@securescan/core';
import type { ScanResult } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { shownPath } from '../options/chosen-config';
import type { ScanFlags } from '../options/scan-flags';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { FileSink, notWritable } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { missingScanners } from './judge-scan';
import { planTreeScan, scanTree, type TreeScanPlan } from './tree-scan';

const DEFAULT_PLACE = join('.securescan', 'baseline.json');

/** `securescan baseline [target]`: scans, and writes down what is there. An incomplete scan writes nothing. */
export async function runBaselineCommand(
  path: string,
  { outputFile, ...flags }: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const plan = await planTreeScan(path, flags, context, OUTPUT_FORMATS);
  const file = placeOf(outputFile, plan, cwd);
  const result = await scanTree(plan, context);
  const missing = missingScanners(result.outcomes, plan.settings.requiredScanners);
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
