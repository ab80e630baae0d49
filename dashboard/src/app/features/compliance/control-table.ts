import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ControlCoverageBody } from '@securescan/contracts';
import { STATE_WORDS, groundsOf } from './control-words';

/** Where the findings of a control are listed. */
export interface FindingsPlace {
  readonly path: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

/** The controls of a framework, with what their state rests on. */
@Component({
  selector: 'app-control-table',
  imports: [RouterLink],
  template: `
    <div class="table-scroll">
      <table class="table">
        <caption class="visually-hidden">
          {{
            caption()
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">Control</th>
            <th scope="col">State</th>
            <th scope="col" class="end">Findings</th>
            <th scope="col">What that rests on</th>
          </tr>
        </thead>
        <tbody>
          @for (control of controls(); track control.tag) {
            <tr>
              <td class="subject">
                <span class="mono muted">{{ control.id }}</span> {{ control.name }}
              </td>
              <td>
                <span class="state" [class]="control.state">
                  <span class="mark" aria-hidden="true"></span>{{ words[control.state] }}
                </span>
              </td>
              <td class="end">
                @if (control.findings > 0) {
                  <a
                    [routerLink]="place().path"
                    [queryParams]="paramsOf(control)"
                    [attr.aria-label]="
                      control.findings + ' findings about ' + control.id + ' ' + control.name
                    "
                    >{{ control.findings }}</a
                  >
                } @else {
                  <span class="muted">–</span>
                }
              </td>
              <td class="grounds muted">{{ grounds(control) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .subject {
      min-width: 180px;
      color: var(--text-strong);
    }

    .grounds {
      width: 40%;
      min-width: 160px;
    }

    .state {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      white-space: nowrap;
    }

    .mark {
      width: 8px;
      height: 8px;
      border: 1px solid var(--border-strong);
      border-radius: 2px;
    }

    .violated {
      color: var(--sev-critical);
    }

    .violated .mark {
      border-color: currentColor;
      background: currentColor;
    }

    .not_observed .mark {
      border-color: var(--accent);
      border-radius: 50%;
      background: var(--accent);
    }

    .not_tested {
      color: var(--muted);
    }

    .not_tested .mark {
      border-style: dashed;
    }
  `,
})
export class ControlTable {
  readonly caption = input.required<string>();
  readonly controls = input.required<readonly ControlCoverageBody[]>();
  readonly place = input.required<FindingsPlace>();

  protected readonly words = STATE_WORDS;
  protected readonly grounds = groundsOf;

  protected paramsOf({ tag }: ControlCoverageBody): Readonly<Record<string, string>> {
    return { ...this.place().params, compliance: tag };
  }
}
