import { Injectable, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

const PRODUCT = 'SecureScan';

/** Names the page in the browser's tab and in the top bar. A page may replace the route's name with a more exact one. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly label = signal('');
  private readonly cover = signal<string | null>(null);
  private path: string | null = null;

  readonly current = this.label.asReadonly();

  constructor() {
    super();
    effect(() => {
      const label = this.cover() ?? this.label();
      this.title.setTitle(label === '' || label === PRODUCT ? PRODUCT : `${label} · ${PRODUCT}`);
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const [path = ''] = snapshot.url.split('?');
    // A page that writes its filters into the address is still the same page, under the name that it has given itself.
    if (path === this.path) return;
    this.path = path;
    this.show(this.buildTitle(snapshot) ?? PRODUCT);
  }

  show(label: string): void {
    this.label.set(label);
  }

  /** Names what stands in front of the page, until it is called with `null`. */
  coverWith(label: string | null): void {
    this.cover.set(label);
  }
}
