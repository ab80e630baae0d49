import { Component, input, output } from '@angular/core';
import type { ScannerStatusBody } from '@securescan/contracts';
import type { InstallState } from '../../core/scanners/scanner-install-store';
import { CopyButton } from '../../ui/copy-button/copy-button';
import { Icon } from '../../ui/icon/icon';
import { ScannerInstall } from '../../ui/scanner-install/scanner-install';

/** One scanner: what it does, whether it can run here, and how it comes to. */
@Component({
  selector: 'app-scanner-entry',
  imports: [CopyButton, Icon, ScannerInstall],
  template: `
    @let shown = scanner();
    <div class="head">
      <h3 class="mono">{{ shown.name }}</h3>
      <span class="state" [class.ready]="shown.available">
        <app-icon [name]="shown.available ? 'check' : 'skip'" [size]="14" />
        {{ shown.available ? 'ready' : 'not available' }}
      </span>
      @if (shown.version) {
        <span class="mono muted">{{ shown.version }}</span>
      }
      @if (shown.needs_network) {
        <span
          class="tag dim"
          title="It opens connections, and is skipped where the server is offline"
          >uses the network</span
        >
      }
    </div>
    <p>{{ shown.description }}</p>
    @if (shown.checks.length > 0) {
      <details>
        <summary>
          What it checks <span class="numeric">({{ shown.checks.length }})</span>
        </summary>
        <ul>
          @for (check of shown.checks; track check) {
            <li>{{ check }}</li>
          }
        </ul>
      </details>
    }
    @if (!shown.available) {
      <p class="why">{{ shown.message }}.</p>
      @if (shown.install_hint; as hint) {
        <p class="hint">
          <code>{{ hint }}</code>
          <app-copy-button [value]="hint" [label]="'Copy how to install ' + shown.name" />
        </p>
      }
    }
    @if ((shown.installable && !shown.available) || install().step !== 'idle') {
      <app-scanner-install
        [scanner]="shown.name"
        [canInstall]="shown.installable && !shown.available"
        [state]="install()"
        [isOtherRunning]="isInstallerBusy() && install().step !== 'running'"
        [whyNot]="whyNoInstall()"
        (requested)="installRequested.emit()"
      />
    }
  `,
  styleUrl: './scanner-entry.css',
})
export class ScannerEntry {
  readonly scanner = input.required<ScannerStatusBody>();
  readonly install = input.required<InstallState>();
  readonly isInstallerBusy = input.required<boolean>();
  readonly whyNoInstall = input.required<string | null>();

  readonly installRequested = output();
}
