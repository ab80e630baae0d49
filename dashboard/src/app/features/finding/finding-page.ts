import { Component, effect, inject, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PageTitle } from '../../core/page-title';
import { FindingPanel } from '../../triage/finding-panel';
import { OpenedFinding } from '../../triage/opened-finding';
import { provideVerdicts } from '../../triage/provide-triage';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { SeverityPill } from '../../ui/severity/severity-pill';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { FindingPageStore } from './finding-page-store';

/** The stable address of a finding: who it is does not change from scan to scan. */
@Component({
  selector: 'app-finding-page',
  imports: [EmptyState, ErrorNotice, FindingPanel, RouterLink, SeverityPill, Skeleton],
  providers: [
    provideVerdicts(),
    FindingPageStore,
    { provide: OpenedFinding, useExisting: FindingPageStore },
  ],
  templateUrl: './finding-page.html',
  styles: `
    h1 {
      overflow-wrap: anywhere;
    }

    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-3);
      align-items: center;
      margin-top: var(--space-2);
      font-size: var(--size-sm);
    }
  `,
})
export class FindingPage {
  private readonly pageTitle = inject(PageTitle);

  protected readonly store = inject(FindingPageStore);

  constructor() {
    effect(() => {
      const row = this.store.row();
      if (row === null) return;
      untracked(() => {
        this.pageTitle.show(row.finding.title);
      });
    });
  }
}
