import { Component, type ElementRef, input, model, viewChildren } from '@angular/core';

export interface TabChoice {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
}

/**
 * Views of the same thing, one at a time. The page gives the element that shows the view `role="tabpanel"`, the id `panel`
 * and `aria-labelledby` of `tabId(panel, selected)`.
 */
@Component({
  selector: 'app-tabs',
  template: `
    <div role="tablist" class="tabs" [attr.aria-label]="label()">
      @for (choice of choices(); track choice.id) {
        <button
          #tab
          type="button"
          role="tab"
          class="tab"
          [id]="idOf(choice.id)"
          [attr.aria-selected]="choice.id === selected()"
          [attr.aria-controls]="panel()"
          [tabIndex]="choice.id === selected() ? 0 : -1"
          (click)="selected.set(choice.id)"
          (keydown)="move($event, $index)"
        >
          {{ choice.label }}
          @if (choice.count !== undefined) {
            <span class="count numeric">{{ choice.count }}</span>
          }
        </button>
      }
    </div>
  `,
  styleUrl: './tabs.css',
})
export class Tabs {
  readonly label = input.required<string>();
  readonly choices = input.required<readonly TabChoice[]>();
  /** Id of the element that shows the chosen view. */
  readonly panel = input.required<string>();
  readonly selected = model.required<string>();

  private readonly tabs = viewChildren<ElementRef<HTMLButtonElement>>('tab');

  protected idOf(choice: string): string {
    return tabId(this.panel(), choice);
  }

  protected move(event: KeyboardEvent, from: number): void {
    const count = this.choices().length;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + count) % count;
    const choice = this.choices()[index];
    if (choice !== undefined) this.selected.set(choice.id);
    this.tabs()[index]?.nativeElement.focus();
  }
}

/** The id of a tab, by which its panel is labelled. */
export function tabId(panel: string, choice: string): string {
  return `${panel}-tab-${choice}`;
}
