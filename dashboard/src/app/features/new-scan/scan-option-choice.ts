import { Component, input, output } from '@angular/core';
import { Icon } from '../../ui/icon/icon';
import { OPTION_TEXTS } from './option-texts';
import type { OptionKey } from './scan-options';

/** What the chosen scanners may do beyond the usual. */
@Component({
  selector: 'app-scan-option-choice',
  imports: [Icon],
  template: `
    <fieldset>
      <legend>Options</legend>
      <div class="panel">
        @for (key of offered(); track key) {
          @let texts = textsOf(key);
          @let fault = faultOf()(key);
          <div class="choice">
            <input
              type="checkbox"
              [id]="key"
              [name]="key"
              [checked]="turnedOn().includes(key)"
              [attr.aria-describedby]="key + '-about ' + key + '-fault'"
              [attr.aria-invalid]="fault !== null"
              (change)="toggled.emit(key)"
            />
            <div class="words">
              <label [for]="key">{{ texts.label }}</label>
              <div [id]="key + '-about'">
                <p class="muted">{{ texts.about }}</p>
                @if (texts.warning) {
                  <p class="warning"><app-icon name="alert" />{{ texts.warning }}</p>
                }
              </div>
              <p class="fault" aria-live="polite" [id]="key + '-fault'">{{ fault }}</p>
            </div>
          </div>
        }
      </div>
    </fieldset>
  `,
  styleUrls: ['./choice.css', './scan-option-choice.css'],
})
export class ScanOptionChoice {
  readonly offered = input.required<readonly OptionKey[]>();
  readonly turnedOn = input.required<readonly OptionKey[]>();
  readonly faultOf = input.required<(key: OptionKey) => string | null>();

  readonly toggled = output<OptionKey>();

  protected readonly textsOf = (key: OptionKey): (typeof OPTION_TEXTS)[OptionKey] =>
    OPTION_TEXTS[key];
}
