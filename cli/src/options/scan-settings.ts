import { DEFAULT_SCAN_TYPES, SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import type { ScanType, Severity } from '@securescan/contracts';
import { OUTPUT_FORMATS } from '@securescan/core';
import type { OutputFormat } from '@securescan/core';
import type { Scanner, ToolSettings } from '@securescan/scan-engine';
import type { CliEnvironment } from './environment';
import type { ScanFlags } from './scan-flags';

/** A line of `scan` whose words all have a meaning. Paths are still as typed. */
export interface ScanSettings {
  readonly scanTypes: readonly ScanType[];
  /** Runs only these; `null` for all of the types. */
  readonly scanners: readonly string[] | null;
  readonly targetUrl: string | null;
  readonly targetHost: string | null;
  readonly isActive: boolean;
  readonly hasHistory: boolean;
  readonly hasHostProbes: boolean;
  readonly tools: ToolSettings;
  readonly format: OutputFormat;
  readonly outputFile: string | null;
  readonly threshold: Severity | null;
  readonly semgrepRules: readonly string[];
  readonly isIncompleteAllowed: boolean;
  readonly requiredScanners: readonly string[];
  readonly isOffline: boolean;
  readonly isSandboxed: boolean;
  readonly isQuiet: boolean;
  readonly slots: number;
}

export interface ScanSettingsReading {
  readonly settings: ScanSettings;
  /** Empty when the settings can be used. */
  readonly problems: readonly string[];
}

type KnownScanner = Pick<Scanner, 'name' | 'scanType'>;

/** Gives the words of a line their meaning: flag before environment before default. Pure; finds every problem. */
export function readScanSettings(
  flags: ScanFlags,
  environment: CliEnvironment,
  scanners: readonly KnownScanner[],
): ScanSettingsReading {
  const problems = [...environment.problems];
  const named = flags.scanner ?? null;
  const settings: ScanSettings = {
    scanTypes:
      named !== null && flags.type === undefined
        ? typesOf(named, scanners)
        : readTypes(flags.type, problems),
    scanners: named,
    ...readSubjects(flags),
    tools: environment.tools,
    format: readChoice('--output', flags.output, OUTPUT_FORMATS, problems) ?? 'text',
    outputFile: flags.outputFile ?? null,
    threshold: readChoice(
      '--fail-on-severity',
      flags.failOnSeverity?.toLowerCase(),
      SEVERITIES,
      problems,
    ),
    semgrepRules: flags.semgrepRules ?? environment.semgrepRules,
    isIncompleteAllowed: flags.allowIncomplete === true,
    requiredScanners: flags.requireScanner ?? [],
    isOffline: flags.offline === true || environment.isOffline,
    isSandboxed: flags.sandbox === true || environment.isSandboxed,
    isQuiet: flags.quiet === true,
    slots: environment.slots,
  };
  // A mistyped type is told once, and not a second time as a type without scanners.
  if (problems.length === environment.problems.length)
    problems.push(...selectionProblems(settings, scanners));
  return { settings, problems };
}

function readSubjects(
  flags: ScanFlags,
): Pick<ScanSettings, 'targetUrl' | 'targetHost' | 'isActive' | 'hasHistory' | 'hasHostProbes'> {
  return {
    targetUrl: flags.targetUrl?.trim() ?? null,
    targetHost: flags.targetHost?.trim() ?? null,
    isActive: flags.active === true,
    hasHistory: flags.history === true,
    hasHostProbes: flags.baselineHostProbes === true,
  };
}

/** Who names scanners alone means their types. */
function typesOf(named: readonly string[], scanners: readonly KnownScanner[]): readonly ScanType[] {
  return SCAN_TYPES.filter((type) =>
    scanners.some(({ name, scanType }) => scanType === type && named.includes(name)),
  );
}

function readTypes(words: readonly string[] | undefined, problems: string[]): readonly ScanType[] {
  if (words === undefined) return DEFAULT_SCAN_TYPES;
  const chosen = words.map((word) => readChoice('--type', word, SCAN_TYPES, problems));
  return SCAN_TYPES.filter((type) => chosen.includes(type));
}

function readChoice<T extends string>(
  flag: string,
  word: string | undefined,
  allowed: readonly T[],
  problems: string[],
): T | null {
  if (word === undefined) return null;
  const choice = allowed.find((item) => item === word);
  if (choice !== undefined) return choice;
  const hint = word.includes(',') ? ' Repeat the flag for several.' : '';
  problems.push(`${flag} takes ${allowed.join(', ')}, and not "${word}".${hint}`);
  return null;
}

function selectionProblems(settings: ScanSettings, scanners: readonly KnownScanner[]): string[] {
  const { scanTypes, scanners: named, requiredScanners } = settings;
  const ofTypes = scanners.filter(({ scanType }) => scanTypes.includes(scanType));
  const mistaken = (named ?? []).flatMap((name) =>
    problemOfName('--scanner', name, { selected: ofTypes, scanners }),
  );
  if (mistaken.length > 0) return mistaken;
  const selected = ofTypes.filter(({ name }) => named?.includes(name) ?? true);
  return requiredScanners.flatMap((name) =>
    problemOfName('--require-scanner', name, { selected, scanners }),
  );
}

function problemOfName(
  flag: string,
  name: string,
  { selected, scanners }: Record<'selected' | 'scanners', readonly KnownScanner[]>,
): string[] {
  if (selected.some((scanner) => scanner.name === name)) return [];
  const known = scanners.find((scanner) => scanner.name === name);
  return known === undefined
    ? [
        `${flag}: there is no scanner "${name}"; there are ${scanners.map((scanner) => scanner.name).join(', ')}.`,
      ]
    : [`${flag} ${name}: it does not run in this scan; add --type ${known.scanType}.`];
}
