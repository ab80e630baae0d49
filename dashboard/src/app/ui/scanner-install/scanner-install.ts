import { Component, computed, inject, input, output } from '@angular/core';
import { ErrorNotice } from '../error-notice/error-notice';
import { formatElapsed } from '../time/format-time';
import { Ticker } from '../time/ticker';
import type { InstallState } from '../../core/scanners/scanner-install-store';

/** Installing one scanner's tool: the button, how long it has taken, and how it ended, all in the scanner's own row. */
@Component({
  selector: 'app-scanner-install',
  imports: [ErrorNotice],
  template: `
    @let install = state();
    @if (canInstall()) {
      <p class="offer">
        <button
          type="button"
          class="button"
          [attr.aria-label]="'Install ' + scanner()"
          [attr.aria-disabled]="install.step === 'running'"
          [disabled]="isOtherRunning() || whyNot() !== null"
          [attr.aria-describedby]="'why-not-' + scanner()"
          (click)="requested.emit()"
        >
          {{ words() }}
        </button>
        @if (install.step === 'running') {
          <span class="muted">
            This may take two minutes.
            <span class="numeric" aria-hidden="true">{{ elapsed() }}</span>
          </span>
        }
        @if (whyNot(); as reason) {
          <span class="muted" [id]="'why-not-' + scanner()">{{ reason }}</span>
        }
      </p>
    }
    <p class="end" role="status">
      @switch (install.step) {
        @case ('running') {
          <span class="visually-hidden">Installing {{ scanner() }}.</span>
        }
        @case ('installed') {
          {{ install.message }}.
        }
      }
    </p>
    @if (install.step === 'failed') {
      <app-error-notice [headline]="scanner() + ' was not installed'" [notice]="install.problem" />
      @if (install.output !== '') {
        <details>
          <summary>What the installer printed</summary>
          <pre class="mono">{{ install.output }}</pre>
        </details>
      }
    }
  `,
  styleUrl: './scanner-install.css',
})
export class ScannerInstall {
  private readonly ticker = inject(Ticker);

  readonly scanner = input.required<string>();
  readonly canInstall = input.required<boolean>();
  readonly state = input.required<InstallState>();
  /** Another scanner's tool is being installed. */
  readonly isOtherRunning = input.required<boolean>();

  /** Why the caller may not install it, or `null`. */
  readonly whyNot = input.required<string | null>();

  readonly requested = output();

  protected readonly words = computed(() => {
    const { step } = this.state();
    if (step === 'running') return 'Installing';
    return step === 'failed' ? 'Try again' : 'Install';
  });
  protected readonly elapsed = computed(() => {
    const state = this.state();
    return state.step === 'running' ? formatElapsed(this.ticker.second() - state.startedAt) : '';
  });
}
