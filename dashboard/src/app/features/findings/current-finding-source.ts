import { signal } from '@angular/core';
import { API } from '../../core/api/routes';
import { parsePlacedFindings } from '../../core/api/wire-triage';
import type { FindingSource } from '../../triage/finding-source';

/** What is there now over all scans. Verdicts are decided in the project of each finding's target. */
export function currentFindingSource(): FindingSource {
  return {
    kind: 'current',
    url: signal(API.findings),
    parse: (body) =>
      parsePlacedFindings(body).map(({ finding, target, last_seen: lastSeen }) => ({
        finding,
        project: target.project,
        target,
        lastSeen,
      })),
    single: () => null,
  };
}
