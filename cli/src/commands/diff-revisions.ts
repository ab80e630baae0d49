import { TREE_SCAN_TYPES, DIFF_FORMATS } from '@securescan/contracts';
import { namedProject, pendingPolicy, toScanDocument, type DiffEnd } from '@securescan/core';
import {
  loadProjectConfig,
  productVersion,
  type LoadedProjectConfig,
  targetWithinRoot,
} from '@securescan/host-node';
import { SCANNERS, type ScanTarget } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { loadChosenConfig } from '../options/chosen-config';
import type { DiffFlags } from '../options/diff-flags';
import { readFurtherReports } from '../options/further-reports';
import { readRulePaths } from '../options/rule-paths';
import { readScanSettings, type ScanSettings } from '../options/scan-settings';
import type { Settings } from '../options/settings';
import { UsageError } from '../options/usage-error';
import { writeNotice } from '../output/terminal';
import { DiffRunner, type Judged } from '../services/diff-runner';
import { dayOf, engineOrderOf } from '../services/engine-order';
import type { RevisionPair } from '../services/revision-pair';
import { baselineOfSide, decidedBy, policyWords, requireBaseline } from '../services/side-policy';
import { checkTreeLine } from './check-tree-line';
import { reviewProblems } from './plan-review';
import type { JudgedDiff } from './tell-diff';
import { watched } from './watched';

interface AskedRevisions {
  readonly target: string;
  readonly baseRef: string;
  readonly headRef: string;
}

/** How the configuration that judges wants both sides scanned, and what the head's own would change. */
interface Judgement extends Judged {
  readonly settings: ScanSettings;
  readonly policy: string;
  readonly pending: readonly string[];
}

/** Scans two revisions and compares them; the merge base's policy judges unless the line says otherwise. */
export async function diffRevisions(
  { target: path, ...refs }: AskedRevisions,
  flags: DiffFlags,
  context: CommandContext,
): Promise<JudgedDiff> {
  const { terminal } = context;
  const problems: string[] = [];
  const further = await readFurtherReports(flags, context.cwd, problems);
  const { target, settings: early } = await checkTreeLine(path, flags, context, {
    formats: DIFF_FORMATS,
    furtherProblems: (resolved) => [
      ...problems,
      ...typeProblems(resolved),
      ...reviewProblems(resolved, true, further.reports),
    ],
  });
  const result = await watched(
    terminal,
    { ...early, scannedRoot: target.root },
    (services, { signal, onProgress }) =>
      services.get(DiffRunner).run({
        ...refs,
        target,
        signal,
        onProgress,
        judge: (pair) => judgePair(pair, { target, flags, context }),
        onUncommitted: () => {
          if (early.isQuiet) return;
          writeNotice(terminal, 'uncommitted changes are no part of the comparison');
        },
      }),
  );
  const { settings, policy, pending } = result.judgement;
  const scanned = {
    toolVersion: productVersion(),
    target: targetWithinRoot(target),
    project: namedProject(settings.project),
    scanTypes: settings.scanTypes,
  };
  return {
    settings,
    root: target.root,
    further,
    head: toScanDocument({ ...scanned, ...result.headScan }),
    document: {
      ...scanned,
      command: 'diff',
      base: endOf(refs.baseRef, result.base),
      head: endOf(refs.headRef, result.head),
      policy,
      pendingPolicy: pending,
      diff: result.diff,
      outcomes: result.headScan.outcomes,
      notices: result.headScan.notices,
      showsSuppressed: settings.showsSuppressed !== false,
    },
  };
}

function endOf(name: string, commit: string): DiffEnd {
  return { name, commit };
}

/** A revision is files: there is no server and no host in it. */
function typeProblems({ scan_types }: Settings): string[] {
  if (scan_types.source === 'config') return [];
  return scan_types.value
    .filter((type) => !TREE_SCAN_TYPES.includes(type))
    .map(
      (type) =>
        `${scan_types.detail ?? '--type'}: a revision cannot be scanned for ${type}; there are ${TREE_SCAN_TYPES.join(', ')}.`,
    );
}

/** What settings are made of whatever the line says. */
const SOURCES = { scanners: SCANNERS, formats: DIFF_FORMATS };

interface Judging {
  readonly target: ScanTarget;
  readonly flags: DiffFlags;
  readonly context: CommandContext;
}

async function judgePair(
  pair: RevisionPair,
  { target, flags, context }: Judging,
): Promise<Judgement> {
  const { environment, cwd } = context;
  const judge = pair[flags.policyFrom];
  const config = await loadChosenConfig(flags, judge.place, cwd);
  const {
    settings: read,
    resolved,
    problems,
  } = readScanSettings({ ...SOURCES, flags, environment, config, target });
  const rules = await readRulePaths(resolved.semgrep_rules, cwd);
  const all = [...problems, ...rules.problems];
  if (all.length > 0) throw new UsageError(all);
  const scanTypes = read.scanTypes.filter((type) => TREE_SCAN_TYPES.includes(type));
  if (scanTypes.length === 0) {
    throw new UsageError([
      `${resolved.scan_types.detail ?? 'scan_types'} names nothing that a revision can be scanned for; add --type code, dependency or iac.`,
    ]);
  }
  const settings = { ...read, scanTypes };
  const places = { setting: resolved.baseline, cwd, workTree: target.root };
  const roots = [pair.base.place.root, pair.head.place.root];
  requireBaseline(places, roots);
  const baseline = baselineOfSide({ ...places, root: judge.place.root });
  const head = await headsOwn(pair, config, { target, flags, context });
  return {
    settings,
    plan: engineOrderOf({
      settings,
      places: { url: null, host: null },
      semgrepRules: rules.rules,
      baseline,
      today: dayOf(environment.fakeNow),
    }),
    policy: policyWords(config, flags, judge.place),
    pending: head === null ? [] : pendingPolicy(decidedBy(config, baseline), head),
  };
}

/** What the head decided for itself; `null` where it judges already, or nobody is asked. Throws UserError for one that is wrong. */
async function headsOwn(
  { head }: RevisionPair,
  judging: LoadedProjectConfig | null,
  { target, flags, context: { environment, cwd } }: Judging,
): Promise<ReturnType<typeof decidedBy> | null> {
  if (flags.policyFrom === 'head') return null;
  const isChosen = flags.config !== undefined;
  const config = isChosen ? judging : await loadProjectConfig(head.place);
  const { baseline } = readScanSettings({
    ...SOURCES,
    flags,
    environment,
    config,
    target,
  }).resolved;
  const places = { setting: baseline, cwd, workTree: target.root, root: head.place.root };
  return decidedBy(config, baselineOfSide(places));
}
