import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  lintProjectConfig,
  ProjectConfigError,
  type ConfigIssue,
  type ConfigPlace,
  type ConfigReading,
  type ProjectConfig,
} from '@securescan/core';
import type { ScanTarget } from '@securescan/scan-engine';
import { isInside } from '../path-inside';
import { findProjectConfig, type ProjectConfigFile } from './find-project-config';

/** A configuration that can be used, with its paths found on this machine. */
export interface LoadedProjectConfig {
  /** POSIX path relative to the project's root; absolute where it lies outside. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  readonly config: ProjectConfig;
  /** Where each key stands, and each item of `semgrep_rules` as `semgrep_rules[0]`. */
  readonly places: ReadonlyMap<string, ConfigPlace>;
  /** Absolute, with links resolved; all of them are there. */
  readonly semgrepRules: readonly string[];
  /** Absolute. It need not be there. */
  readonly baseline: string | null;
}

export interface ProjectConfigCheck extends Omit<ConfigReading, 'config'> {
  /** `null` where there is an error. */
  readonly loaded: LoadedProjectConfig | null;
}

/**
 * Finds and reads the configuration of a target; `null` where there is none. Throws ProjectConfigError.
 */
export async function loadProjectConfig(target: ScanTarget): Promise<LoadedProjectConfig | null> {
  const file = await findProjectConfig(target);
  return file === null ? null : useProjectConfig(file, target.root);
}

/** Reads a configuration and finds its paths, none of which may leave `root`. Throws ProjectConfigError. */
export function useProjectConfig(file: ProjectConfigFile, root: string): LoadedProjectConfig {
  const { loaded, issues, counts } = checkProjectConfig(file, root);
  if (loaded !== null) return loaded;
  const errors = issues.filter(({ level }) => level === 'error');
  throw new ProjectConfigError(file.path, errors, { count: counts.error });
}

/** As `useProjectConfig`, but tells all that is to be said of it and never throws. `today` is `YYYY-MM-DD`. */
export function checkProjectConfig(
  file: ProjectConfigFile,
  root: string,
  today: string | null = null,
): ProjectConfigCheck {
  const { config, ...reading } = lintProjectConfig(file.text, file.path, today);
  if (config === null) return { ...reading, loaded: null };
  const { directory } = file;
  // A configuration from elsewhere brings its rules with it.
  const bounds = { directory, base: isInside(directory, root) ? root : directory };
  const rules = config.semgrepRules.map((rule) => locate(rule, bounds));
  const baseline = config.baseline === null ? null : locate(config.baseline, bounds);
  const problems = [
    ...rules.flatMap((found, index) =>
      issueOf(ruleProblem(found), `semgrep_rules[${index}]`, reading.places),
    ),
    ...issueOf(baseline?.problem ?? null, 'baseline', reading.places),
  ];
  if (problems.length > 0) {
    return {
      ...reading,
      issues: [...problems, ...reading.issues],
      counts: { ...reading.counts, error: problems.length },
      loaded: null,
    };
  }
  return {
    ...reading,
    loaded: {
      path: file.path,
      file: file.file,
      config,
      places: reading.places,
      semgrepRules: rules.map(({ absolute }) => absolute),
      baseline: baseline?.absolute ?? null,
    },
  };
}

interface Found {
  readonly absolute: string;
  readonly isThere: boolean;
  readonly problem: string | null;
}

function locate(path: string, bounds: { directory: string; base: string }): Found {
  const absolute = resolve(bounds.directory, path);
  try {
    const real = realpathSync(absolute);
    const problem = isInside(real, bounds.base)
      ? null
      : 'is a symbolic link that leads out of the project; put the file itself there';
    return { absolute: real, isThere: true, problem };
  } catch {
    // Expected: nothing stands there.
    return { absolute, isThere: false, problem: null };
  }
}

function ruleProblem({ isThere, problem }: Found): string | null {
  return isThere ? problem : 'names nothing that there is; check the path';
}

function issueOf(
  message: string | null,
  location: string,
  places: ReadonlyMap<string, ConfigPlace>,
): ConfigIssue[] {
  if (message === null) return [];
  const place = places.get(location) ?? { line: 1, column: 1 };
  return [{ level: 'error', ...place, location, message }];
}
