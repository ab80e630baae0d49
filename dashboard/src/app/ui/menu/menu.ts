import { CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icon-shapes';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly isDangerous?: boolean;
  /** Given where the entries are values of which one holds. */
  readonly isChecked?: boolean;
  /** Why it cannot be chosen now; it is then shown beneath the label. */
  readonly whyNot?: string | null;
}

/** A button with the actions on one thing behind it. Arrow keys, Home, End, letters and Escape work as in any menu. */
@Component({
  selector: 'app-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger, Icon],
  templateUrl: './menu.html',
  styleUrl: './menu.css',
})
export class Menu {
  /** What the button is called: `Actions on shop`. */
  readonly label = input.required<string>();
  readonly entries = input.required<readonly MenuEntry[]>();
  readonly icon = input<IconName>('more');
  /** Shown on the button beside its icon. */
  readonly text = input('');

  readonly chosen = output<string>();
}
