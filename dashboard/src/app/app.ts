import { Component, inject } from '@angular/core';
import { SessionStore } from './core/auth/session-store';
import { Theme } from './core/theme/theme';
import { SignInPage } from './features/sign-in/sign-in-page';
import { Shell } from './shell/shell';

/** The pages, once the server has said who is calling. Whoever has to sign in sees none of them, and comes back to the same. */
@Component({
  selector: 'app-root',
  imports: [Shell, SignInPage],
  template: `
    @switch (access().state) {
      @case ('checking') {
        <p class="checking muted" role="status">Asking the server who is calling</p>
      }
      @case ('granted') {
        <app-shell />
      }
      @default {
        <app-sign-in-page />
      }
    }
  `,
  styles: `
    .checking {
      padding: 12vh var(--space-4);
      animation: appear 200ms 600ms ease-out backwards;
      text-align: center;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class App {
  private readonly session = inject(SessionStore);

  protected readonly access = this.session.access;

  constructor() {
    // Also where the frame, which can change the theme, is not shown.
    inject(Theme);
    void this.session.check();
  }
}
