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
  protected readonly periods = PERIODS.map((days) => ({ id: days, label: `${days} days` }));

  protected async choosePeriod(days: string): Promise<void> {
    await this.insight.choosePeriod(days);
  }
}
