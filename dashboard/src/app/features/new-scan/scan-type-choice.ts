import { Component, input, output } from '@angular/core';
import type { ScanType } from '@securescan/contracts';
import { SCAN_TYPE_TEXTS } from '../../ui/scan-types/scan-type-texts';
import type { InstallState } from '../../core/scanners/scanner-install-store';
import { ScannerRow } from './scanner-row';
import type { TypeChoice } from './scanner-selection';

/** The kinds of scan, what each covers, and its scanners, each of which can be left out. */
@Component({
  selector: 'app-scan-type-choice',
  imports: [ScannerRow],
  templateUrl: './scan-type-choice.html',
  styleUrls: ['./choice.css', './scan-type-choice.css'],
})
export class ScanTypeChoice {
  readonly choices = input.required<readonly TypeChoice[]>();
  readonly fault = input.required<string | null>();
  /** How installing a scanner's tool stands, by the scanner's name. */
  readonly installOf = input.required<(scanner: string) => InstallState>();
  readonly isInstallerBusy = input.required<boolean>();
  /** Why the caller may not install anything, or `null`. */
  readonly whyNoInstall = input.required<string | null>();

  readonly typeToggled = output<ScanType>();
  readonly scannerToggled = output<string>();
  readonly installRequested = output<string>();

  protected label(type: ScanType): string {
    return SCAN_TYPE_TEXTS[type].label;
  }

  protected covers(type: ScanType): string {
    return SCAN_TYPE_TEXTS[type].covers;
  }
}
