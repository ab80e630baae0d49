import { Component, input } from '@angular/core';
import type { SbomComponentBody } from '@securescan/contracts';

/** Packages of a bill. */
@Component({
  selector: 'app-component-table',
  template: `
    <div class="table-scroll" role="group" tabindex="0" [attr.aria-label]="caption()">
      <table class="table">
        <caption class="visually-hidden">
          {{
            caption()
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Version</th>
            <th scope="col">Ecosystem</th>
            <th scope="col">Needed for</th>
            <th scope="col">Licences</th>
            <th scope="col">Found in</th>
          </tr>
        </thead>
        <tbody>
          @for (component of components(); track component.ref) {
            <tr>
              <td class="name mono" [title]="component.ref">{{ component.name }}</td>
              <td class="mono">{{ component.version ?? '–' }}</td>
              <td>{{ component.type }}</td>
              <td>{{ scopes[component.scope] }}</td>
              <td class="wrap">
                @if (component.licenses.length > 0) {
                  {{ component.licenses.join(', ') }}
                } @else {
                  <span class="muted">not told</span>
                }
              </td>
              <td class="wrap mono muted">{{ component.found_in.join(', ') }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styleUrl: './sbom.css',
})
export class ComponentTable {
  readonly caption = input.required<string>();
  readonly components = input.required<readonly SbomComponentBody[]>();

  protected readonly scopes: Readonly<Record<SbomComponentBody['scope'], string>> = {
    required: 'use',
    optional: 'use, optionally',
    dev: 'development',
  };
}
