import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { SEVERITIES, type FindingWithStateBody, type Severity } from '@securescan/contracts';
import { heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { scanRoute } from '../../core/api/routes';
import { parseFindings } from '../../core/api/wire';
import { ScanDetailStore } from './scan-detail-store';

const PAGE_SIZE = 50;

/** The findings of one scan, a page at a time, narrowed by what the address says. */
@Injectable()
export class FindingsStore {
  private readonly scan = inject(ScanDetailStore);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });

  readonly severity = computed<Severity | null>(() => {
    const asked = this.query().get('severity');
    return SEVERITIES.find((severity) => severity === asked) ?? null;
  });
  readonly scanner = computed(() => this.query().get('scanner'));
  readonly isFiltered = computed(() => this.severity() !== null || this.scanner() !== null);

  private readonly filter = computed(() => {
    const params: Record<string, string | number> = { limit: PAGE_SIZE };
    const severity = this.severity();
    const scanner = this.scanner();
    if (severity !== null) params['severity'] = severity;
    if (scanner !== null) params['scanner'] = scanner;
    return params;
  });
  private readonly paging = new CursorPaging(PAGE_SIZE, this.filter);

  private readonly page = httpResource<FindingWithStateBody[]>(
    () => {
      if (!this.scan.isCompleted()) return undefined;
      const cursor = this.paging.cursor();
      const params = cursor === undefined ? this.filter() : { ...this.filter(), cursor };
      return { url: scanRoute(this.scan.id(), 'findings'), params };
    },
    { parse: parseFindings },
  );

  readonly findings = heldValue(this.page, this.scan.id);
  readonly isLoading = this.page.isLoading;
  readonly window = computed(() => {
    const loaded = this.findings();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  retry(): void {
    this.page.reload();
  }

  async narrow(filter: { severity?: Severity | null; scanner?: string | null }): Promise<void> {
    await this.router.navigate([], {
      relativeTo: this.route,
      queryParams: filter,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
