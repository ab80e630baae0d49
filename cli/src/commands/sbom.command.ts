import { resolve } from 'node:path';
import { SBOM_RENDERERS } from '@securescan/core';
import { SCANNERS, type SbomRequest, type SbomResult } from '@securescan/scan-engine';
import { withServices } from '../cli.module';
import type { CommandContext } from '../command-context';
import type { SbomFlags, SbomWords } from '../grammar/sbom';
import { interruptible } from '../interruption';
import { loadChosenConfig } from '../options/chosen-config';
import { readDocumentTime } from '../options/sbom-settings';
import { findTarget } from '../options/scan-places';
import { resolveSettings } from '../options/settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { FileSink, outputFileProblem, StdoutSink } from '../output/sink';
import { oneRow, writeNotice, type Terminal } from '../output/terminal';
import { SbomMaker } from '../services/sbom-maker';

const MAX_NOTES = 50;

/** `securescan sbom [target]`: everything is checked first, then read, then written, then judged. */
export async function runSbomCommand(
  { target, flags }: SbomWords,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const order = await planSbom(target, flags, context);
  const result = await make(order, context);
  const chunks = SBOM_RENDERERS[flags.output].render(result.document);
  if (flags.outputFile === undefined) await new StdoutSink(terminal.stdout).write(chunks);
  else await new FileSink(resolve(cwd, flags.outputFile)).write(chunks);
  tell(result, flags, terminal);
  return result.unread.length === 0 ? EXIT_CODES.clean : EXIT_CODES.incomplete;
}

/** Collects all that is wrong with the line before it says any of it. Throws UsageError and ProjectConfigError. */
async function planSbom(
  path: string,
  flags: SbomFlags,
  { environment, cwd }: CommandContext,
): Promise<Omit<SbomRequest, 'signal'>> {
  const problems: string[] = [...environment.problems];
  const found = await findTarget(path, cwd);
  if (typeof found === 'string') problems.push(found);
  const target = typeof found === 'string' ? null : found;
  const config = await loadChosenConfig(flags, target, cwd);
  const { project, ...names } = flags;
  const { settings, problems: further } = resolveSettings(['project'], {
    flags: project === undefined ? {} : { project },
    environment,
    config,
    target,
    scanners: SCANNERS,
    formats: [],
  });
  const created = readDocumentTime(environment, problems);
  problems.push(...further);
  if (names.outputFile !== undefined) {
    const problem = await outputFileProblem(names.outputFile, cwd);
    if (problem !== null) problems.push(problem);
  }
  if (problems.length > 0 || target === null) throw new UsageError(problems);
  const { value, source } = settings.project;
  return {
    target,
    lister: flags.with ?? null,
    projectName: source === 'default' ? null : value,
    created,
  };
}

function make(
  order: Omit<SbomRequest, 'signal'>,
  { terminal, environment }: CommandContext,
): Promise<SbomResult> {
  return interruptible(
    (signal) =>
      withServices(terminal, (services) => services.get(SbomMaker).make({ ...order, signal }), {
        // Only what another program does can be confined.
        sandbox: order.lister !== null && environment.isSandboxed,
        scannedRoot: order.target.root,
      }),
    () => undefined,
  );
}

/** What could not be read is an error, and told even to who wants no notices. */
function tell({ document, unread }: SbomResult, flags: SbomFlags, terminal: Terminal): void {
  const { components, notes } = document;
  const told =
    flags.quiet === true ? unread.map(({ path, reason }) => `${path}: not read, ${reason}`) : notes;
  for (const note of told.slice(0, MAX_NOTES)) writeNotice(terminal, oneRow(note, Infinity));
  if (told.length > MAX_NOTES) {
    writeNotice(terminal, `and ${told.length - MAX_NOTES} more, which the document lists`);
  }
  if (flags.quiet === true) return;
  const lockfiles = new Set(components.flatMap(({ foundIn }) => foundIn)).size;
  const listed = `${components.length} ${components.length === 1 ? 'package' : 'packages'} from ${lockfiles} ${lockfiles === 1 ? 'file' : 'files'}`;
  const place = flags.outputFile === undefined ? '' : `; wrote ${flags.outputFile}`;
  writeNotice(terminal, oneRow(`listed ${listed}${place}`, Infinity));
}
