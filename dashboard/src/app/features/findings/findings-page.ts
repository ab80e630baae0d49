import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FindingsSection } from '../../triage/findings-section';
import { provideFindingsSection } from '../../triage/provide-triage';
import { currentFindingSource } from './current-finding-source';
import { TargetsStore } from './targets-store';

/** What is there now, over all scans. */
@Component({
  selector: 'app-findings-page',
  imports: [FindingsSection, RouterLink],
  providers: [provideFindingsSection(currentFindingSource), TargetsStore],
  template: `
    <div class="page">
      <header class="page-head">
        <div>
          <h1>Findings</h1>
          <p class="lead">
            What is there now: of every target, what each scanner said in the latest scan in which
            it completed. Imports are left out.
          </p>
        </div>
      </header>
      <app-findings-section
        [counts]="store.counts()"
        [scanners]="store.scanners()"
        [projects]="store.projects()"
      >
        @if (store.isEmpty()) {
          <p>Nothing has been scanned yet.</p>
          <a class="button" routerLink="/scan">Start the first scan</a>
        } @else {
          <p>Checked: {{ store.checked() }}.</p>
        }
      </app-findings-section>
    </div>
  `,
})
export class FindingsPage {
  protected readonly store = inject(TargetsStore);
}
