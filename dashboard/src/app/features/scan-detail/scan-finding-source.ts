import { computed, inject } from '@angular/core';
import { scanRoute } from '../../core/api/routes';
import { parseFindings } from '../../core/api/wire';
import type { FindingSource } from '../../triage/finding-source';
import { ScanDetailStore } from './scan-detail-store';

/** The findings of the page's scan, once it has completed. Verdicts on them are decided in the scan's project. */
export function scanFindingSource(): FindingSource {
  const scan = inject(ScanDetailStore);
  const project = computed(() => {
    const loaded = scan.scan();
    return loaded.state === 'value' ? loaded.value.project : '';
  });
  const url = computed(() => (scan.isCompleted() ? scanRoute(scan.id(), 'findings') : null));
  return {
    kind: 'scan',
    url,
    parse: (body) =>
      parseFindings(body).map((finding) => ({
        finding,
        project: project(),
        target: null,
        lastSeen: null,
      })),
    single: (fingerprint) => {
      const list = url();
      return list === null ? null : { url: list, params: { fingerprint, limit: '1' } };
    },
  };
}
