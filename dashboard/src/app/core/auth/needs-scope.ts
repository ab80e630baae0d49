import { AriaDescriber } from '@angular/cdk/a11y';
import {
  Directive,
  ElementRef,
  type OnDestroy,
  booleanAttribute,
  computed,
  effect,
  inject,
  input,
} from '@angular/core';
import type { Scope } from '@securescan/contracts';
import { SessionStore } from './session-store';

/**
 * A button for what needs a scope. Without the scope it does nothing and says which one is missing: it stays within reach of
 * the keyboard, so that whoever cannot see the tooltip hears the reason. What else turns it off goes into `blocked`.
 */
@Directive({
  selector: 'button[appNeedsScope]',
  host: {
    '[attr.aria-disabled]': 'isOff() || null',
    '[attr.title]': 'reason()',
  },
})
export class NeedsScope implements OnDestroy {
  private readonly session = inject(SessionStore);
  private readonly describer = inject(AriaDescriber);
  private readonly button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;

  readonly scope = input.required<Scope>({ alias: 'appNeedsScope' });
  readonly blocked = input(false, { transform: booleanAttribute });

  protected readonly reason = computed(() => this.session.whyNot(this.scope()));
  protected readonly isOff = computed(() => this.blocked() || this.reason() !== null);
  private readonly stop = (event: Event): void => {
    if (!this.isOff()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  constructor() {
    // Before every other listener of the button, whichever was added first.
    this.button.addEventListener('click', this.stop, { capture: true });
    effect((cleanUp) => {
      const reason = this.reason();
      if (reason === null) return;
      this.describer.describe(this.button, reason);
      cleanUp(() => {
        this.describer.removeDescription(this.button, reason);
      });
    });
  }

  ngOnDestroy(): void {
    this.button.removeEventListener('click', this.stop, { capture: true });
  }
}
