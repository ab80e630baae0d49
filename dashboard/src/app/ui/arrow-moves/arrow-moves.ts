import { Directive, ElementRef, inject, input } from '@angular/core';

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The arrow keys lead from one of the named elements inside to the next, beside the tabulator. */
@Directive({ selector: '[appArrowMoves]', host: { '(keydown)': 'move($event)' } })
export class ArrowMoves {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  /** Selector of what the keys stop at. They do nothing while the focus is on something else. */
  readonly appArrowMoves = input.required<string>();

  protected move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [
      ...this.element.nativeElement.querySelectorAll<HTMLElement>(this.appArrowMoves()),
    ];
    const at = stops.findIndex((stop) => stop === event.target);
    if (at < 0) return;
    event.preventDefault();
    stops[step(at, stops.length)]?.focus();
  }
}
