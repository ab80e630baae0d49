import { SCAN_TYPES, type ScanType } from '@securescan/contracts';
import type { JsonReader } from '../json/json-reader';
import type { LocatedInput } from '../pipeline/assemble-findings';
import type { ImportedDocument, ImportedTool, ImportOptions } from './imported-document';
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_NOTE_CHARACTERS,
  MAX_NOTES,
  MAX_RESULTS,
  MAX_RUNS,
} from './import-limits';
import { SarifPlaces } from './sarif-places';
import { readResult, type SarifRun } from './sarif-result';
import { SarifRules } from './sarif-rules';
import { readTaxonomies } from './sarif-weakness';
import { tidyField, tidyNote, tidyText } from './tidy-text';
import { scannerNameOf } from './tool-names';

const VERSION = '2.1.0';
const OURS = 'securescan';

interface RunReading {
  readonly tool: ImportedTool;
  readonly inputs: readonly LocatedInput[];
  readonly project: string | null;
}

/** Reads a SARIF 2.1.0 log. Throws UserError IMPORT_INVALID that names the place of what is wrong. */
export function readSarif(log: JsonReader, options: ImportOptions): ImportedDocument {
  const version = log.field('version');
  if (!version.isText || version.string() !== VERSION) throw version.refusal(`"${VERSION}"`);
  const runs = log.field('runs');
  if (runs.isAbsent) throw runs.refusal('a list');
  const readings: RunReading[] = [];
  let left = MAX_RESULTS;
  runs.itemsUpTo(MAX_RUNS).forEach((run, index) => {
    const reading = readRun(run, index, left, options);
    left -= reading.tool.findings_count;
    readings.push(reading);
  });
  if (readings.length === 0) throw runs.refusal('a list with at least one run');
  const inputs = readings.flatMap((reading) => reading.inputs);
  return {
    format: 'sarif',
    project: readings.find(({ project }) => project !== null)?.project ?? null,
    scanTypes: typesOf(inputs),
    tools: readings.map(({ tool }) => tool),
    inputs,
    notices: [],
  };
}

function typesOf(inputs: readonly LocatedInput[]): ScanType[] {
  const types = new Set(inputs.map(({ scanType }) => scanType));
  const present = SCAN_TYPES.filter((type) => types.has(type));
  return present.length === 0 ? ['code'] : present;
}

function readRun(
  run: JsonReader,
  index: number,
  limit: number,
  { sourceRoot }: ImportOptions,
): RunReading {
  const driver = run.field('tool').field('driver');
  const toolName = tidyText(driver.field('name').stringUpTo(MAX_ID_CHARACTERS), MAX_ID_CHARACTERS);
  const scanner = nameOf(driver.field('name'), toolName);
  const taxonomies = readTaxonomies(run);
  const rules = new SarifRules(run.field('tool'), taxonomies);
  const places = new SarifPlaces(run, sourceRoot);
  const facts: SarifRun = { scanner, toolName, index, rules, places, taxonomies };
  const { inputs, outside } = readResults(run.field('results'), limit, facts);
  const note = `${String(outside)} results name a path outside the sources, which was left out`;
  return {
    project: repositoryOf(run),
    inputs,
    tool: {
      scanner,
      name: toolName,
      version:
        tidyField(driver.field('semanticVersion'), MAX_ID_CHARACTERS) ??
        tidyField(driver.field('version'), MAX_ID_CHARACTERS),
      ...endOf(run, outside === 0 ? [] : [note]),
      findings_count: inputs.length,
    },
  };
}

/** A log of our own quotes no source, so that its findings would be other ones than those of the scan. */
function nameOf(field: JsonReader, toolName: string): string {
  const scanner = scannerNameOf(toolName);
  if (scanner === '') throw field.refusal('a name with letters or digits');
  if (scanner === OURS)
    throw field.refusal('the name of another tool (of SecureScan, send the JSON report)');
  return scanner;
}

function readResults(
  list: JsonReader,
  limit: number,
  run: SarifRun,
): { readonly inputs: LocatedInput[]; readonly outside: number } {
  const inputs: LocatedInput[] = [];
  const outside: JsonReader[] = [];
  let placed = 0;
  for (const result of list.itemsUpTo(limit)) {
    const read = readResult(result, run);
    if (read === null) continue;
    inputs.push(read.input);
    if (read.outside !== null) outside.push(read.outside);
    else if (read.input.filePath !== null) placed += 1;
  }
  const [first] = outside;
  if (first !== undefined && placed === 0) {
    throw first.refusal(
      'a place below a known directory, nor is any other of the run; name the absolute directory of the sources in the query as source_root',
    );
  }
  return { inputs, outside: outside.length };
}

/** Where the sources came from (SARIF 3.14.17). */
function repositoryOf(run: JsonReader): string | null {
  const [source] = run.field('versionControlProvenance').itemsUpTo(MAX_ITEMS);
  return source === undefined ? null : tidyField(source.field('repositoryUri'), MAX_ID_CHARACTERS);
}

/** How the tool says that it ended; a log that says nothing is taken for a whole one. */
function endOf(
  run: JsonReader,
  ownNotes: readonly string[],
): Pick<ImportedTool, 'status' | 'reason' | 'notes'> {
  const invocations = run.field('invocations').itemsUpTo(MAX_ITEMS);
  const told = invocations.flatMap((invocation) => [
    ...errorsIn(invocation.field('toolExecutionNotifications')),
    ...errorsIn(invocation.field('toolConfigurationNotifications')),
  ]);
  const notes = [...ownNotes, ...told].slice(0, MAX_NOTES);
  const failed = invocations.find((each) => {
    const success = each.field('executionSuccessful');
    return !success.isAbsent && !success.isTrue;
  });
  if (failed === undefined) return { status: 'completed', reason: null, notes };
  const reason = tidyField(failed.field('exitCodeDescription'), MAX_NOTE_CHARACTERS) ?? told[0];
  return {
    status: 'failed',
    reason: tidyNote(reason ?? 'the tool says that it did not succeed'),
    notes,
  };
}

function errorsIn(notifications: JsonReader): string[] {
  return notifications
    .optionalItems()
    .slice(0, MAX_ITEMS)
    .filter((each) => each.field('level').optionalString() === 'error')
    .flatMap((each) => tidyField(each.field('message').field('text'), MAX_NOTE_CHARACTERS) ?? [])
    .map(tidyNote);
}
