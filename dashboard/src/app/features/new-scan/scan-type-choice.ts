import { Component, input, output } from '@angular/core';
import type { ScanType } from '@securescan/contracts';
import { Icon } from '../../ui/icon/icon';
import type { TypeChoice } from './new-scan-store';
import { SCAN_TYPE_TEXTS } from './scan-type-texts';

/** The kinds of scan, what each covers, and which of its scanners can run here. */
@Component({
  selector: 'app-scan-type-choice',
  imports: [Icon],
  templateUrl: './scan-type-choice.html',
  styleUrl: './scan-type-choice.css',
})
export class ScanTypeChoice {
  readonly choices = input.required<readonly TypeChoice[]>();
  readonly fault = input.required<string | null>();

  readonly toggled = output<ScanType>();

  protected label(type: ScanType): string {
    return SCAN_TYPE_TEXTS[type].label;
  }

  protected covers(type: ScanType): string {
    return SCAN_TYPE_TEXTS[type].covers;
  }
}
