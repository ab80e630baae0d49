import { Component, input } from '@angular/core';
import type { Verdict } from '@securescan/contracts';
import type { ListedChange } from '../core/api/wire-triage';
import { formatInstant } from '../ui/time/format-time';
import { RelativeTime } from '../ui/time/relative-time';
import { CAUSE_WORDS, REASON_WORDS, VERDICT_WORDS } from './verdict-words';

/** Every change of a finding's verdicts, newest first. */
@Component({
  selector: 'app-change-list',
  imports: [RelativeTime],
  template: `
    <ol>
      @for (change of changes(); track change.seq) {
        <li>
          <span class="what"
            >{{ words(change.from_status) }} to <strong>{{ words(change.to_status) }}</strong></span
          >
          <span class="muted">
            {{ causes[change.cause] }}{{ change.changed_by ? ' by ' + change.changed_by : '' }},
            <app-relative-time [at]="change.changed_at" />,
            {{ change.project === null ? 'everywhere' : 'in ' + change.project }}
          </span>
          @if (change.reason; as reason) {
            <span>{{ reasons[reason] }}</span>
          }
          @if (change.until; as until) {
            <span class="muted">until {{ instant(until) }}</span>
          }
          @if (change.assignee; as assignee) {
            <span class="muted">looked after by {{ assignee }}</span>
          }
          @if (change.note; as note) {
            <span class="note">{{ note }}</span>
          }
        </li>
      } @empty {
        <li class="muted">Nobody has decided about it yet.</li>
      }
    </ol>
  `,
  styles: `
    li {
      display: grid;
      padding-block: 5px;
      border-bottom: 1px solid var(--border);
      font-size: var(--size-xs);
      overflow-wrap: anywhere;
    }

    li:last-child {
      border-bottom: 0;
    }

    strong {
      color: var(--text-strong);
      font-weight: var(--weight-medium);
    }

    .note {
      white-space: pre-line;
    }
  `,
})
export class ChangeList {
  readonly changes = input.required<readonly ListedChange[]>();

  protected readonly causes = CAUSE_WORDS;
  protected readonly reasons = REASON_WORDS;
  protected readonly instant = formatInstant;

  protected words(status: Verdict | null): string {
    return status === null ? 'Nothing' : VERDICT_WORDS[status].label;
  }
}
