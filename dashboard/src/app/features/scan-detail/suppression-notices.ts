import { Component, computed, input } from '@angular/core';
import type { SuppressionNoticeBody } from '@securescan/contracts';

const STATES: Readonly<Record<SuppressionNoticeBody['kind'], string>> = {
  expired: 'Expired',
  unused: 'Unused',
  malformed: 'Malformed',
};

/** What is to be said of suppressions themselves: those that do nothing, no longer, or not what was meant. */
@Component({
  selector: 'app-suppression-notices',
  template: `
    <section class="panel" aria-labelledby="suppressions-heading">
      <div class="panel-head">
        <h2 id="suppressions-heading">Suppressions to look at</h2>
        <span class="caption">{{ count() }}</span>
      </div>
      <ul class="panel-body">
        @for (notice of notices(); track $index) {
          <li>
            <strong>{{ states[notice.kind] }}</strong> in
            <span class="mono">{{ place(notice) }}</span>: {{ notice.message }}
          </li>
        }
      </ul>
    </section>
  `,
  styleUrl: './remark-list.css',
})
export class SuppressionNotices {
  readonly notices = input.required<readonly SuppressionNoticeBody[]>();
  /** How many there are, beyond those that came. */
  readonly total = input.required<number>();

  protected readonly states = STATES;
  protected readonly count = computed(() => {
    const [shown, total] = [this.notices().length, this.total()];
    return total > shown ? `the first ${shown} of ${total}` : `${total}`;
  });

  protected place({ file_path: path, line }: SuppressionNoticeBody): string {
    return path === null ? `the configuration, line ${line}` : `${path}:${line}`;
  }
}
