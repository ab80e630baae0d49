import { Component, type ElementRef, inject, output, viewChild } from '@angular/core';
import { type IsActiveMatchOptions, RouterLink, RouterLinkActive } from '@angular/router';
import { HealthMonitor } from '../core/api/health-monitor';
import { Icon } from '../ui/icon/icon';
import { PAGES, SETTINGS } from './destinations';

/** Filters of a page are in its address and do not make it another page. */
const EXACT: IsActiveMatchOptions = {
  paths: 'exact',
  queryParams: 'ignored',
  matrixParams: 'ignored',
  fragment: 'ignored',
};

@Component({
  selector: 'app-sidebar',
  imports: [Icon, RouterLink, RouterLinkActive],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
})
export class Sidebar {
  readonly navigated = output();

  protected readonly health = inject(HealthMonitor).health;
  protected readonly groups = [
    { name: null, destinations: PAGES },
    { name: 'Settings', destinations: SETTINGS },
  ] as const;
  protected readonly exact = EXACT;
  protected readonly below: IsActiveMatchOptions = { ...EXACT, paths: 'subset' };

  private readonly first = viewChild.required<ElementRef<HTMLAnchorElement>>('first');

  focus(): void {
    this.first().nativeElement.focus();
  }
}
