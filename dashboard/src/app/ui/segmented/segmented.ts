import { Component, input, model } from '@angular/core';

export interface Segment {
  readonly id: string;
  readonly label: string;
  readonly count?: number | null;
}

/** One of a few values, all of them in sight. */
@Component({
  selector: 'app-segmented',
  template: `
    <fieldset>
      <legend class="visually-hidden">{{ label() }}</legend>
      @for (segment of segments(); track segment.id) {
        <label class="segment">
          <input
            type="radio"
            class="visually-hidden"
            [name]="name()"
            [value]="segment.id"
            [checked]="segment.id === value()"
            (change)="value.set(segment.id)"
          />
          <span class="face">
            {{ segment.label }}
            @if (segment.count !== undefined && segment.count !== null) {
              <span class="count numeric">{{ segment.count }}</span>
            }
          </span>
        </label>
      }
    </fieldset>
  `,
  styleUrl: './segmented.css',
})
export class Segmented {
  readonly label = input.required<string>();
  /** Tells its radio buttons from those of others on the page. */
  readonly name = input.required<string>();
  readonly segments = input.required<readonly Segment[]>();
  readonly value = model.required<string>();
}
