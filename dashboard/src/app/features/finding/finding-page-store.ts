import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import type { FindingOverviewBody, FindingWithStateBody } from '@securescan/contracts';
import { heldValue } from '../../core/api/held-value';
import { findingRoute, scanRoute } from '../../core/api/routes';
import { parseFindings } from '../../core/api/wire';
import { parseOverview } from '../../core/api/wire-triage';
import type { ListedFinding } from '../../triage/finding-list';
import type { OpenedFinding } from '../../triage/opened-finding';
import { VerdictWriter } from '../../triage/verdict-writer';

/** One finding across scans, and how the newest of them tells it. */
@Injectable()
export class FindingPageStore implements OpenedFinding {
  private readonly writer = inject(VerdictWriter);
  private readonly params = toSignal(inject(ActivatedRoute).paramMap, { requireSync: true });

  readonly fingerprint = computed(() => this.params().get('fingerprint') ?? '');

  private readonly overviewRead = httpResource<FindingOverviewBody>(
    () => {
      this.writer.version();
      return findingRoute(this.fingerprint());
    },
    { parse: parseOverview },
  );
  readonly overview = heldValue(this.overviewRead, this.fingerprint);
  private readonly latest = computed(() => {
    const loaded = this.overview();
    return loaded.state === 'value' ? loaded.value.latest : null;
  });
  private readonly scanId = computed(() => this.latest()?.scan_id ?? null);

  private readonly toldRead = httpResource<FindingWithStateBody[]>(
    () => {
      this.writer.version();
      const scan = this.scanId();
      if (scan === null) return undefined;
      return {
        url: scanRoute(scan, 'findings'),
        params: { fingerprint: this.fingerprint(), limit: 1 },
      };
    },
    { parse: parseFindings },
  );
  readonly told = heldValue(this.toldRead, this.fingerprint);

  /** Kept while it is read again, so that what is being written stays. */
  readonly row = linkedSignal<ListedFinding | null, ListedFinding | null>({
    source: () => {
      const told = this.told();
      const [finding] = told.state === 'value' ? told.value : [];
      const project = this.latest()?.project;
      if (finding === undefined || project === undefined) return null;
      return { finding, project, target: null, lastSeen: null };
    },
    computation: (row, before) => {
      const held = row ?? before?.value;
      return held?.finding.fingerprint === this.fingerprint() ? held : null;
    },
  });

  reload(): void {
    this.overviewRead.reload();
    this.toldRead.reload();
  }
}
