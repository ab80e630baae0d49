import { Component, input } from '@angular/core';
import type { ImportedToolBody } from '@securescan/contracts';

/** The tools whose findings came in a document, and how they ended by that document. */
@Component({
  selector: 'app-imported-tools',
  template: `
    <section class="panel" aria-labelledby="tools-heading">
      <div class="panel-head">
        <h2 id="tools-heading">Imported from</h2>
        <span class="caption">No scanner of this server ran</span>
      </div>
      <ul class="panel-body">
        @for (tool of tools(); track $index) {
          <li>
            <span class="mono">{{ name(tool) }}</span>: {{ words(tool) }}
            @if (tool.notes.length > 0) {
              <details>
                <summary>{{ tool.notes.length }} notes of the tool</summary>
                <ul>
                  @for (note of tool.notes; track $index) {
                    <li class="muted">{{ note }}</li>
                  }
                </ul>
              </details>
            }
          </li>
        }
      </ul>
    </section>
  `,
  styleUrl: './remark-list.css',
})
export class ImportedTools {
  readonly tools = input.required<readonly ImportedToolBody[]>();

  protected name({ name, version }: ImportedToolBody): string {
    return version === null ? name : `${name} ${version}`;
  }

  /** `2 reports`, `timed out: no answer, 2 reports`. */
  protected words({ status, reason, findings_count: count }: ImportedToolBody): string {
    const reports = `${count} ${count === 1 ? 'report' : 'reports'}`;
    if (status === 'completed') return reports;
    const ended = status.replace('_', ' ');
    return `${reason === null ? ended : `${ended}: ${reason}`}, ${reports}`;
  }
}
