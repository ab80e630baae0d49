import {
  EMPTY_CONFIG,
  NO_LICENSE_POLICY,
  policyOf,
  type LicensePolicy,
  type ScanPolicy,
} from '@securescan/core';
import type { ScanTarget } from '@securescan/scan-engine';
import { loadProjectConfig, type LoadedProjectConfig } from './load-project-config';
import { readSnapshotFile } from './read-snapshot-file';

/** What a project's configuration and the baseline that it names say of a scan. */
export interface ProjectRules {
  /** What the configuration calls the project. */
  readonly project: string | null;
  readonly policy: ScanPolicy;
  readonly licenses: LicensePolicy;
  /** Absolute paths. */
  readonly semgrepRules: readonly string[];
}

/**
 * Loads what a tree decides about its own scans; nothing where it has no configuration. Throws UserError CONFIG_INVALID or
 * SNAPSHOT_INVALID: a scan without what was decided would say other things than it should.
 *
 * @param today the day of the scan in UTC, `YYYY-MM-DD`
 */
export async function loadProjectRules(
  target: ScanTarget | null,
  today: string,
): Promise<ProjectRules> {
  const loaded = target === null ? null : await loadProjectConfig(target);
  return loaded === null ? noRules(today) : rulesOf(loaded, today);
}

function noRules(today: string): ProjectRules {
  const policy = policyOf(EMPTY_CONFIG, { baseline: [], isSuppressing: true, today });
  return { project: null, policy, licenses: NO_LICENSE_POLICY, semgrepRules: [] };
}

function rulesOf(
  { config, semgrepRules, baseline: path }: LoadedProjectConfig,
  today: string,
): ProjectRules {
  const baseline = path === null ? [] : readSnapshotFile(path, config.baseline ?? path).findings;
  return {
    project: config.project,
    policy: policyOf(config, { baseline, isSuppressing: true, today }),
    licenses: config.licenses,
    semgrepRules,
  };
}
