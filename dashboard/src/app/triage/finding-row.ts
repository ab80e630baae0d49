import { Component, type ElementRef, computed, input, output, viewChild } from '@angular/core';
import { placeOf } from '../ui/finding-place/finding-place';
import { Icon } from '../ui/icon/icon';
import { SeverityPill } from '../ui/severity/severity-pill';
import { suppressionOf, suppressionWords } from '../ui/suppression/suppression';
import { shortPath } from '../ui/text/short-path';
import type { ListedFinding } from './finding-list';
import { VerdictPill } from './verdict-pill';
import { isDismissed } from './verdict-words';

/** One finding as a row of a grid. */
@Component({
  selector: 'app-finding-row',
  imports: [Icon, SeverityPill, VerdictPill],
  templateUrl: './finding-row.html',
  styleUrl: './finding-row.css',
  host: {
    role: 'row',
    '[attr.aria-rowindex]': 'index() + 2',
    '[attr.aria-selected]': 'isSelected()',
    '[class.active]': 'isActive()',
    '[class.open]': 'isOpen()',
    '[class.dimmed]': 'isDimmed()',
    '(click)': 'toggleByRow($event)',
  },
})
export class FindingRow {
  readonly row = input.required<ListedFinding>();
  readonly index = input.required<number>();
  readonly isActive = input.required<boolean>();
  readonly isOpen = input.required<boolean>();
  readonly isSelected = input.required<boolean>();
  readonly showsTarget = input.required<boolean>();
  /** The id of what opens. */
  readonly controls = input.required<string>();

  readonly toggled = output();
  readonly selected = output<{ isRange: boolean }>();

  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');

  protected readonly finding = computed(() => this.row().finding);
  protected readonly place = computed(() => placeOf(this.finding()));
  protected readonly shortPlace = computed(() => shortPath(this.place(), 56));
  protected readonly suppression = computed(() => {
    const suppression = suppressionOf(this.finding());
    return suppression === null ? null : suppressionWords(suppression);
  });
  protected readonly isDismissed = computed(() =>
    isDismissed(this.finding().state?.status ?? 'new'),
  );
  protected readonly isDimmed = computed(() => this.suppression() !== null || this.isDismissed());
  protected readonly isFixed = computed(() => this.finding().state?.status === 'fixed');

  focus(): void {
    this.button().nativeElement.focus({ preventScroll: true });
  }

  /** The row is a large target for the mouse; keyboard and screen reader have the button in it. */
  protected toggleByRow(event: Event): void {
    const isControl =
      event.target instanceof Element && event.target.closest('button, a, input, label') !== null;
    if (!isControl) this.toggled.emit();
  }

  protected select(event: MouseEvent): void {
    this.selected.emit({ isRange: event.shiftKey });
  }
}
