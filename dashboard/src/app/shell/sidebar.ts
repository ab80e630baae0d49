import { Component, type ElementRef, inject, output, viewChild } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { HealthMonitor } from '../core/api/health-monitor';
import { Icon } from '../ui/icon/icon';
import type { IconName } from '../ui/icon/icon-shapes';

interface Destination {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
}

const DESTINATIONS: readonly Destination[] = [
  { path: '/', label: 'Overview', icon: 'overview' },
  { path: '/scan', label: 'New scan', icon: 'plus' },
  { path: '/history', label: 'History', icon: 'history' },
];

@Component({
  selector: 'app-sidebar',
  imports: [Icon, RouterLink, RouterLinkActive],
  template: `
    <a #first class="brand" routerLink="/" (click)="navigated.emit()">
      <app-icon name="shield" [size]="20" />SecureScan
    </a>
    <nav aria-label="Pages">
      <ul>
        @for (destination of destinations; track destination.path) {
          <li>
            <a
              class="row"
              [routerLink]="destination.path"
              routerLinkActive="active"
              ariaCurrentWhenActive="page"
              [routerLinkActiveOptions]="{ exact: true }"
              (click)="navigated.emit()"
            >
              <app-icon [name]="destination.icon" />{{ destination.label }}
            </a>
          </li>
        }
      </ul>
    </nav>
    <footer class="foot">
      <a href="/docs">API reference</a>
      @if (health().version; as version) {
        <span class="numeric">version {{ version }}</span>
      }
    </footer>
  `,
  styleUrl: './sidebar.css',
})
export class Sidebar {
  readonly navigated = output();

  protected readonly health = inject(HealthMonitor).health;
  protected readonly destinations = DESTINATIONS;

  private readonly first = viewChild.required<ElementRef<HTMLAnchorElement>>('first');

  focus(): void {
    this.first().nativeElement.focus();
  }
}
