import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FindingPlaceBody } from '@securescan/contracts';
import { RelativeTime } from '../ui/time/relative-time';
import { shortPath } from '../ui/text/short-path';

/** Where a finding was, newest scan first, each with the way to its scan. */
@Component({
  selector: 'app-place-list',
  imports: [RelativeTime, RouterLink],
  template: `
    <ul>
      @for (place of places(); track place.scan_id + place.id) {
        <li>
          <span class="mono where" [title]="whole(place)">{{ short(place) }}</span>
          <span class="muted">
            {{ place.project }},
            <a [routerLink]="['/scan', place.scan_id]" [queryParams]="{ finding: fingerprint() }"
              >{{ place.origin === 'import' ? 'import' : 'scan' }}
              {{ place.scan_id.slice(0, 8) }}</a
            >, <app-relative-time [at]="place.seen_at" />
            @if (place.suppressed) {
              <span class="tag dim">suppressed</span>
            }
          </span>
        </li>
      } @empty {
        <li class="muted">In no scan that is still kept.</li>
      }
    </ul>
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

    .where {
      color: var(--text-strong);
    }
  `,
})
export class PlaceList {
  readonly places = input.required<readonly FindingPlaceBody[]>();
  readonly fingerprint = input.required<string>();

  protected whole({ file_path: path, line_start: line, title }: FindingPlaceBody): string {
    if (path === null) return title;
    return line === null ? path : `${path}:${line}`;
  }

  protected short(place: FindingPlaceBody): string {
    return shortPath(this.whole(place), 64);
  }
}
