import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Pager } from '../../ui/pager/pager';
import { ScanTable } from '../../ui/scan-table/scan-table';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { HistoryStore } from './history-store';

@Component({
  selector: 'app-history-page',
  imports: [EmptyState, ErrorNotice, Icon, Pager, RouterLink, ScanTable, Skeleton],
  providers: [HistoryStore],
  template: `
    <div class="page">
      <header class="page-head">
        <h1>History</h1>
        <a class="button primary" routerLink="/scan"><app-icon name="plus" />New scan</a>
      </header>
      @let loaded = store.scans();
      @switch (loaded.state) {
        @case ('loading') {
          <div class="panel"><app-skeleton [rows]="8" /></div>
        }
        @case ('error') {
          <app-error-notice
            headline="The scans could not be read"
            [notice]="loaded.problem"
            [canRetry]="true"
            (retried)="store.reload()"
          />
        }
        @case ('value') {
          <div class="panel">
            @if (loaded.value.length > 0) {
              <app-scan-table caption="All scans, newest first" [scans]="loaded.value" />
              <app-pager
                label="Pages of scans"
                [window]="store.window()"
                (next)="store.next()"
                (previous)="store.previous()"
              />
            } @else {
              <app-empty-state icon="history" heading="No scans yet">
                <p>Every scan stays here until it is deleted, whatever its result.</p>
                <a class="button" routerLink="/scan">Start the first scan</a>
              </app-empty-state>
            }
          </div>
        }
      }
    </div>
  `,
})
export class HistoryPage {
  protected readonly store = inject(HistoryStore);
}
