import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { RelativeTime } from '../../ui/time/relative-time';
import { ScanTable } from '../../ui/scan-table/scan-table';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { LatestScan } from './latest-scan';
import { OverviewStore } from './overview-store';
import { StatStrip } from './stat-strip';
import { TopFindings } from './top-findings';

@Component({
  selector: 'app-overview-page',
  imports: [
    EmptyState,
    ErrorNotice,
    Icon,
    LatestScan,
    RelativeTime,
    RouterLink,
    ScanTable,
    Skeleton,
    StatStrip,
    TopFindings,
  ],
  providers: [OverviewStore],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.css',
})
export class OverviewPage {
  protected readonly store = inject(OverviewStore);
}
