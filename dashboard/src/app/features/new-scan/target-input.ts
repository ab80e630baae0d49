import { Component, computed, input, output } from '@angular/core';
import { shortPath } from '../../ui/text/short-path';

/** One place to scan: its field, with what may stand in its content beside it, what is wrong with it, and earlier ones. */
@Component({
  selector: 'app-target-input',
  templateUrl: './target-input.html',
  styleUrl: './target-input.css',
})
export class TargetInput {
  /** The name of the field, and the beginning of the ids in here. */
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly placeholder = input.required<string>();
  readonly hint = input.required<string | null>();
  readonly text = input.required<string>();
  readonly fault = input.required<string | null>();
  readonly recent = input.required<readonly string[]>();

  readonly typed = output<string>();
  readonly finished = output();

  protected readonly describedBy = computed(() => {
    const ids = [`${this.name()}-fault`];
    return (this.hint() === null ? ids : [`${this.name()}-hint`, ...ids]).join(' ');
  });

  protected type(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.typed.emit(event.target.value);
  }

  protected short(place: string): string {
    return shortPath(place, 44);
  }
}
