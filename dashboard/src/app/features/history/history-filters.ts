import { Component, input, output } from '@angular/core';
import { SCAN_STATUSES } from '@securescan/contracts';
import { type Segment, Segmented } from '../../ui/segmented/segmented';
import type { HistoryFilter, Period } from './history-filter';

const ANY = 'any';
const STATUSES: readonly Segment[] = [
  { id: ANY, label: 'all' },
  ...SCAN_STATUSES.map((status) => ({ id: status, label: status })),
];

const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  '1d': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

/** Narrows the list of scans by how they ended, by what they were about, and by time. */
@Component({
  selector: 'app-history-filters',
  imports: [Segmented],
  template: `
    <app-segmented
      label="Status"
      name="history-status"
      [segments]="statuses"
      [value]="filter().status ?? any"
      (valueChange)="statusPicked.emit($event === any ? null : $event)"
    />
    <div class="fields">
      <form class="search" role="search" (submit)="search($event, place.value)">
        <label class="visually-hidden" for="history-project"
          >Target, project, or the id of a scan</label
        >
        <input
          #place
          id="history-project"
          class="control"
          type="search"
          list="history-projects"
          autocomplete="off"
          spellcheck="false"
          placeholder="Target, project or scan id"
          [value]="filter().text ?? ''"
          (change)="searched.emit(place.value.trim())"
        />
        <datalist id="history-projects">
          @for (project of projects(); track project) {
            <option [value]="project"></option>
          }
        </datalist>
      </form>
      <label class="period">
        <span class="visually-hidden">Asked for in</span>
        <select class="control" (change)="choosePeriod($event)">
          <option value="" [selected]="filter().period === null">Any time</option>
          @for (period of periods; track period.value) {
            <option [value]="period.value" [selected]="filter().period === period.value">
              {{ period.label }}
            </option>
          }
        </select>
      </label>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-4);
      align-items: center;
      justify-content: space-between;
      padding: var(--space-2) var(--space-4);
      border-bottom: 1px solid var(--border);
    }

    .fields {
      display: flex;
      flex: 1 1 300px;
      gap: var(--space-2);
      align-items: center;
      max-width: 460px;
    }

    .search {
      flex: 1;
      min-width: 0;
    }
  `,
})
export class HistoryFilters {
  readonly filter = input.required<HistoryFilter>();
  /** To choose from. */
  readonly projects = input.required<readonly string[]>();

  readonly statusPicked = output<string | null>();
  readonly periodPicked = output<string | null>();
  /** Part of a name, the id of a scan, or nothing. */
  readonly searched = output<string>();

  protected readonly any = ANY;
  protected readonly statuses = STATUSES;
  protected readonly periods = Object.entries(PERIOD_WORDS).map(([value, label]) => ({
    value,
    label,
  }));

  protected search(event: Event, text: string): void {
    event.preventDefault();
    this.searched.emit(text.trim());
  }

  protected choosePeriod(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.periodPicked.emit(event.target.value === '' ? null : event.target.value);
  }
}
