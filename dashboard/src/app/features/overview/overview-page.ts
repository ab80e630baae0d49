import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Theme } from '../../core/theme/theme';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { RelativeTime } from '../../ui/time/relative-time';
import { ScanTable } from '../../ui/scan-table/scan-table';
import { Segmented } from '../../ui/segmented/segmented';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { ChartPanel } from './chart-panel';
import { InsightStore, PERIODS } from './insight-store';
import { LatestScan } from './latest-scan';
import { LiveScans } from './live-scans';
import { OverviewStore } from './overview-store';
import { StatStrip } from './stat-strip';
import { TopFindings } from './top-findings';

const NOTHING_SCANNED = 'Nothing was scanned in this period, or nothing was found.';

@Component({
  selector: 'app-overview-page',
  imports: [
    ChartPanel,
    EmptyState,
    ErrorNotice,
    Icon,
    LatestScan,
    LiveScans,
    RelativeTime,
    RouterLink,
    ScanTable,
    Segmented,
    Skeleton,
    StatStrip,
    TopFindings,
  ],
  providers: [OverviewStore, InsightStore],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.css',
})
export class OverviewPage {
  protected readonly store = inject(OverviewStore);
  protected readonly insight = inject(InsightStore);
  protected readonly theme = inject(Theme).name;
  protected readonly panels = [
    {
      id: 'risk-chart',
      heading: 'Risk over time',
      about: 'mean of all targets, 0 to 100',
      empty: NOTHING_SCANNED,
      chart: this.insight.risk,
    },
    {
      id: 'severity-chart',
      heading: 'Findings over time',
      about: 'at the end of each day',
      empty: NOTHING_SCANNED,
      chart: this.insight.severities,
    },
    {
      id: 'target-chart',
      heading: 'By target',
      about: 'greatest risk first',
      empty: 'No target has findings now.',
      chart: this.insight.byTarget,
    },
    {
      id: 'scanner-chart',
      heading: 'By scanner',
      about: 'what is there now',
      empty: 'No scanner reports anything now.',
      chart: this.insight.byScanner,
    },
    {
      id: 'age-chart',
      heading: 'Age of open findings',
      about: 'dismissed ones left out',
      empty: 'No finding is open that nobody has dismissed.',
      chart: this.insight.byAge,
    },
    {
      id: 'response-chart',
      heading: 'Response times',
      about: 'median',
      empty: 'Nothing was decided or fixed in this period.',
      chart: this.insight.responseTimes,
    },
  ];
  protected readonly periods = PERIODS.map((days) => ({ id: days, label: `${days} days` }));

  protected async choosePeriod(days: string): Promise<void> {
    await this.insight.choosePeriod(days);
  }
}
