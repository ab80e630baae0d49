import {
  EMPTY_CONFIG,
  NO_LICENSE_POLICY,
  policyOf,
  type LicensePolicy,
  type ScanPolicy,
} from '@securescan/core';
import type { ScanTarget } from '@securescan/scan-engine';
import { loadProjectConfig } from './load-project-config';
import { readSnapshotFile } from './read-snapshot-file';

/** What a project's configuration and the baseline that it names say of a scan. */
export interface ProjectRules {
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
  const named = loaded?.config.baseline ?? null;
  const path = loaded?.baseline ?? null;
  const baseline = path === null || named === null ? [] : readSnapshotFile(path, named).findings;
  return {
    policy: policyOf(loaded?.config ?? EMPTY_CONFIG, { baseline, isSuppressing: true, today }),
    licenses: loaded?.config.licenses ?? NO_LICENSE_POLICY,
    semgrepRules: loaded?.semgrepRules ?? [],
  };
}
