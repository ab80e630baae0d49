import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../../ui/icon/icon';
import { ScannerInstall } from '../../ui/scanner-install/scanner-install';
import type { InstallState } from '../../core/scanners/scanner-install-store';
import type { ScannerChoice } from './scanner-selection';

/** One scanner: whether it is to run, what it does, and whether it can run here. */
@Component({
  selector: 'app-scanner-row',
  imports: [Icon, ScannerInstall],
  templateUrl: './scanner-row.html',
  styleUrl: './scanner-row.css',
})
export class ScannerRow {
  readonly choice = input.required<ScannerChoice>();
  readonly install = input.required<InstallState>();
  readonly isInstallerBusy = input.required<boolean>();
  readonly whyNoInstall = input.required<string | null>();

  readonly toggled = output();
  readonly installRequested = output();

  protected readonly scanner = computed(() => this.choice().scanner);
  protected readonly canInstall = computed(
    () => this.scanner().installable && !this.scanner().available,
  );
}
