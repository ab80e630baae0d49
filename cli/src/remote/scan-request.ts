import { posix } from 'node:path';
import { SCAN_OUTPUTS, type ScanRequestBody } from '@securescan/contracts';
import { SCANNERS } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { readPdfBrowser } from '../options/pdf-browser';
import type { ScanFlags } from '../options/scan-flags';
import { namePlaces, problemsOfPlaces, type NamedPlaces } from '../options/scan-places';
import { readScanSettings, type ScanSettings } from '../options/scan-settings';
import { requireServerAccess, type ServerAccess } from '../options/server-access';
import type { Settings } from '../options/settings';
import { UsageError } from '../options/usage-error';
import { outputFileProblem } from '../output/sink';

export interface RemoteScanPlan {
  readonly access: ServerAccess;
  readonly request: ScanRequestBody;
  /** What becomes of the report here. */
  readonly settings: ScanSettings;
}

/** What a server decides by itself or by the project's configuration there, and how a line would have said it. */
const LOCAL_ONLY: readonly (readonly [string, (flags: ScanFlags) => boolean, string])[] = [
  ['--staged', ({ staged }) => staged === true, 'the server sees no index'],
  ['--explain-config', ({ explainConfig }) => explainConfig === true, 'settings are of this line'],
  [
    '--baseline',
    ({ baseline }) => baseline !== undefined,
    "name it in the project's configuration",
  ],
  ['--no-suppress', ({ suppress }) => !suppress, 'the server keeps to what the project ignores'],
  ['--project', ({ project }) => project !== undefined, "name it in the project's configuration"],
  ['--config', ({ config }) => typeof config === 'string', 'the server reads that of the target'],
  ['--no-config', ({ config }) => config === false, 'the server reads that of the target'],
  ['--offline', ({ offline }) => offline === true, 'its operator decides'],
  ['--sandbox', ({ sandbox }) => sandbox === true, 'its operator decides'],
];

/** Collects all that is wrong with the line before it says any of it. Throws UsageError. */
export async function planRemoteScan(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<RemoteScanPlan> {
  const { environment, cwd } = context;
  const problems = LOCAL_ONLY.flatMap(([name, isTyped, why]) =>
    isTyped(flags) ? [`${name} has no meaning with --server: ${why}.`] : [],
  );
  const access = requireServerAccess(flags, { variable: environment.variable, cwd }, problems);
  const reading = readScanSettings({
    flags,
    environment,
    config: null,
    target: null,
    scanners: SCANNERS,
    formats: SCAN_OUTPUTS,
  });
  const { settings, resolved } = reading;
  const named = namePlaces(argument, settings);
  const { browser, problems: browserProblems } = readPdfBrowser(settings, context, undefined);
  const { outputFile } = settings;
  const outputProblem = outputFile === null ? null : await outputFileProblem(outputFile, cwd);
  problems.push(
    ...reading.problems,
    ...problemsOfPath(named),
    ...problemsOfPlaces(named, settings),
    ...(outputProblem === null ? [] : [outputProblem]),
    ...browserProblems,
  );
  if (problems.length > 0) throw new UsageError(problems);
  return {
    access,
    request: requestOf(named, settings, resolved),
    settings: { ...settings, browser },
  };
}

function problemsOfPath({ path }: NamedPlaces): string[] {
  if (path === null || posix.isAbsolute(path)) return [];
  return [
    `With --server the target is a path on the server; name it from / on, and not "${path}".`,
  ];
}

/** Types that nobody named are left to the configuration of the project. Pure. */
function requestOf(
  { path, url, host }: NamedPlaces,
  { scanTypes, scanners, isActive, hasHistory, hasHostProbes, semgrepRules }: ScanSettings,
  { scan_types: types, ai }: Settings,
): ScanRequestBody {
  const areTypesNamed = types.source !== 'default' && types.detail !== '--scanner';
  return {
    ...(path === null ? {} : { target_path: path }),
    ...(url === null ? {} : { target_url: url }),
    ...(host === null ? {} : { target_host: host }),
    ...(areTypesNamed ? { scan_types: [...scanTypes] } : {}),
    ...(scanners === null ? {} : { scanners: [...scanners] }),
    ...(isActive ? { active: true } : {}),
    ...(hasHistory ? { history: true } : {}),
    ...(hasHostProbes ? { baseline_host_probes: true } : {}),
    ...(ai.source === 'default' ? {} : { ai: ai.value }),
    ...(semgrepRules.length === 0 ? {} : { semgrep_rules: [...semgrepRules] }),
  };
}
