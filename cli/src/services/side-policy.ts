import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { EMPTY_CONFIG, UserError, type DecidedPolicy, type Finding } from '@securescan/core';
import { isInside, readSnapshotFile, type LoadedProjectConfig } from '@securescan/host-node';
import type { ScanTarget } from '@securescan/scan-engine';
import { shownPath } from '../options/chosen-config';
import type { DiffFlags } from '../options/diff-flags';
import type { Setting } from '../options/setting';

/** Where a baseline is looked for: a path of the project is that of a revision. */
export interface BaselinePlaces {
  /** As resolved for the side. */
  readonly setting: Setting<string | null>;
  readonly cwd: string;
  /** Root of the work tree. */
  readonly workTree: string;
  /** Root of the side. */
  readonly root: string;
}

/**
 * The baseline of one revision, empty where that revision has none. One that lies outside the project is the same for every
 * revision, and has to be there.
 */
export function baselineOfSide({
  setting,
  cwd,
  workTree,
  root,
}: BaselinePlaces): readonly Finding[] {
  const { value, source } = setting;
  if (value === null) return [];
  const named = resolve(cwd, value);
  const isOfProject = source === 'config' ? isInside(named, root) : isInside(named, workTree);
  if (!isOfProject) return readSnapshotFile(named, shownPath(named, cwd)).findings;
  const path = source === 'config' ? named : join(root, relative(workTree, named));
  return existsSync(path) ? readSnapshotFile(path, relative(root, path)).findings : [];
}

/** Throws UserError where a baseline of the project is in neither revision: it is a typing error. */
export function requireBaseline(
  places: Omit<BaselinePlaces, 'root'>,
  roots: readonly string[],
): void {
  const { setting, cwd, workTree } = places;
  if (setting.value === null || setting.source === 'config') return;
  const named = resolve(cwd, setting.value);
  if (!isInside(named, workTree)) return;
  const path = relative(workTree, named);
  if (roots.some((root) => existsSync(join(root, path)))) return;
  throw new UserError(
    'SNAPSHOT_INVALID',
    `${setting.detail ?? '--baseline'}: neither revision has "${path}"; check the path, or commit the baseline first.`,
  );
}

/** What a side decided. */
export function decidedBy(
  config: LoadedProjectConfig | null,
  baseline: readonly Finding[],
): DecidedPolicy {
  return { config: config?.config ?? EMPTY_CONFIG, baseline };
}

/** The configuration that judged, in a few words. */
export function policyWords(
  config: LoadedProjectConfig | null,
  { config: chosen, policyFrom }: Pick<DiffFlags, 'config' | 'policyFrom'>,
  target: ScanTarget,
): string {
  const side = policyFrom === 'base' ? 'the merge base' : 'the head';
  if (chosen === false) return 'the defaults, as no configuration was to be used';
  if (config === null) return `the defaults, as ${side} has no configuration`;
  const isOfSide = isInside(config.file, target.root);
  return isOfSide ? `${config.path} of ${side}` : 'the configuration that was named';
}
