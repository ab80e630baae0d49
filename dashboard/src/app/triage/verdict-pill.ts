import { Component, computed, input } from '@angular/core';
import type { FindingStateBody } from '@securescan/contracts';
import { VERDICT_WORDS } from './verdict-words';

/** A verdict by word and mark; `new` is said softly, for nobody has decided. */
@Component({
  selector: 'app-verdict-pill',
  template: `
    <span class="pill" [class]="status()">{{ words().label }}</span>
    @if (state()?.regressed_at) {
      <span class="tag">found again</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      gap: var(--space-1);
      align-items: center;
    }

    .pill {
      padding: 1px 7px;
      border: 1px solid var(--border);
      border-radius: var(--radius-sm);
      color: var(--text);
      font-size: var(--size-xs);
      font-weight: var(--weight-medium);
      white-space: nowrap;
    }

    .pill.new {
      border-style: dashed;
      color: var(--muted);
    }

    .pill.triaged {
      border-color: var(--border-strong);
      color: var(--text-strong);
    }

    .pill.accepted_risk {
      border-color: var(--sev-medium);
      color: var(--sev-medium);
    }

    .pill.fixed {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--text-strong);
    }

    .pill.false_positive,
    .pill.wont_fix {
      background: var(--surface-2);
      color: var(--text);
    }
  `,
})
export class VerdictPill {
  readonly state = input.required<FindingStateBody | null>();

  protected readonly status = computed(() => this.state()?.status ?? 'new');
  protected readonly words = computed(() => VERDICT_WORDS[this.status()]);
}
