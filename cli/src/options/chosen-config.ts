import { isAbsolute, relative, sep } from 'node:path';
import {
  loadProjectConfig,
  readProjectConfigFile,
  useProjectConfig,
  type LoadedProjectConfig,
} from '@securescan/host-node';
import type { ScanTarget } from '@securescan/scan-engine';
import type { SettingFlags } from './setting';

/**
 * The configuration of a run: the file that --config names, none under --no-config, else what is found for the target. Throws
 * ProjectConfigError for one that cannot be used.
 */
export async function loadChosenConfig(
  { config }: SettingFlags,
  target: ScanTarget | null,
  cwd: string,
): Promise<LoadedProjectConfig | null> {
  if (config === false) return null;
  if (config === undefined) return target === null ? null : loadProjectConfig(target);
  const root = target?.root ?? null;
  const file = readProjectConfigFile(config, { cwd, root });
  return useProjectConfig(file, root ?? file.directory);
}

/** A path as whoever stands in `cwd` would type it. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.split(sep)[0] === '..' || isAbsolute(path) ? file : path;
}
