import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CONTROL_STATES, type ComplianceTrendBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { Theme } from '../../core/theme/theme';
import { Chart } from '../../ui/chart/chart';
import type { ChartSpec } from '../../ui/chart/chart-spec';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { targetOf } from '../../ui/scan-table/scan-table';
import { type Segment, Segmented } from '../../ui/segmented/segmented';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { ComplianceStore, TREND_DAYS } from './compliance-store';
import { ControlTable, type FindingsPlace } from './control-table';
import { STATE_WORDS } from './control-words';
import { FrameworkBar } from './framework-bar';

const ANY = 'any';

@Component({
  selector: 'app-compliance-page',
  imports: [
    Chart,
    ControlTable,
    EmptyState,
    ErrorNotice,
    FrameworkBar,
    RouterLink,
    Segmented,
    Skeleton,
  ],
  providers: [AddressQuery, ComplianceStore],
  templateUrl: './compliance-page.html',
  styleUrl: './compliance-page.css',
})
export class CompliancePage {
  protected readonly store = inject(ComplianceStore);
  protected readonly theme = inject(Theme);
  protected readonly any = ANY;
  protected readonly spans: readonly Segment[] = TREND_DAYS.map((days) => ({
    id: days,
    label: `${days} days`,
  }));

  protected readonly projects = computed<readonly string[]>(() => {
    const loaded = this.store.projects();
    const names = loaded.state === 'value' ? loaded.value : [];
    const chosen = this.store.project();
    return chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  });
  protected readonly scanWords = computed(() => {
    const scan = this.store.scan();
    if (scan === null) return this.store.scanId()?.slice(0, 8) ?? '';
    return `${shortPath(targetOf(scan), 48)} ${scan.id.slice(0, 8)}`;
  });
  protected readonly states = computed<readonly Segment[]>(() => {
    const framework = this.store.framework();
    return [
      { id: ANY, label: 'all', count: framework?.total_controls ?? null },
      ...CONTROL_STATES.map((state) => ({
        id: state,
        label: STATE_WORDS[state],
        count: framework?.counts[state] ?? null,
      })),
    ];
  });
  protected readonly place = computed<FindingsPlace>(() => {
    const scan = this.store.scanId();
    if (scan !== null) return { path: ['/scan', scan], params: {} };
    const project = this.store.project();
    const params: Record<string, string> = project === null ? {} : { project };
    return { path: ['/findings'], params };
  });

  protected chartOf({ points, total_controls: max }: ComplianceTrendBody): ChartSpec {
    return {
      kind: 'areas',
      dimension: 'Day',
      categories: points.map(({ date }) => date),
      series: [
        { label: 'violated', tone: 'critical', values: points.map((point) => point.violated) },
        {
          label: 'not observed',
          tone: 'accent',
          values: points.map((point) => point.not_observed),
        },
        { label: 'not tested', tone: 'muted', values: points.map((point) => point.not_tested) },
      ],
      max,
    };
  }

  protected async change(change: Parameters<ComplianceStore['change']>[0]): Promise<void> {
    await this.store.change(change);
  }

  protected async chooseState(state: string): Promise<void> {
    await this.store.change({ state: state === ANY ? null : state });
  }

  protected async chooseProject(event: Event): Promise<void> {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const project = event.target.value;
    await this.store.change({ project: project === '' ? null : project });
  }
}
