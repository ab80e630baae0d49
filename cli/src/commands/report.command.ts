import { resolve } from 'node:path';
import { SCAN_OUTPUTS } from '@securescan/contracts';
import { readScanReportFile } from '@securescan/host-node';
import { SCANNERS } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import type { ReportFlags } from '../grammar/report';
import { readPdfBrowser } from '../options/pdf-browser';
import { readScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { outputFileProblem } from '../output/sink';
import { writeScan } from '../output/write-report';
import { withVisible } from './judge-scan';

/** `securescan report <file>`: a stored scan in any format of a scan; nothing is scanned and nothing is judged. */
export async function runReportCommand(
  file: string,
  flags: ReportFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { environment, cwd } = context;
  const { settings, problems } = readScanSettings({
    flags,
    environment,
    config: null,
    target: null,
    scanners: SCANNERS,
    formats: SCAN_OUTPUTS,
  });
  const { outputFile } = settings;
  const outputProblem = outputFile === null ? null : await outputFileProblem(outputFile, cwd);
  const { browser, problems: browserProblems } = readPdfBrowser(settings, context, undefined);
  const all = [...problems, ...(outputProblem === null ? [] : [outputProblem]), ...browserProblems];
  if (all.length > 0) throw new UsageError(all);
  const document = readScanReportFile(resolve(cwd, file), file);
  await writeScan(withVisible(document, settings), { ...settings, browser }, context);
  return EXIT_CODES.clean;
}
