import { Component, type ElementRef, computed, input, model, viewChild } from '@angular/core';
import { VERDICTS, VERDICT_REASONS } from '@securescan/contracts';
import type { VerdictDraft } from './verdict-draft';
import { type Reach, takesReason } from './verdict-steps';
import { REASON_WORDS, VERDICT_WORDS } from './verdict-words';

/** What a verdict says, to be written: for one finding or for many. */
@Component({
  selector: 'app-verdict-fields',
  templateUrl: './verdict-fields.html',
  styleUrl: './verdict-fields.css',
})
export class VerdictFields {
  readonly draft = model.required<VerdictDraft>();
  /** Tells its fields from those of others on the page. */
  readonly name = input.required<string>();
  /** What `this project` means. */
  readonly project = input.required<string>();

  private readonly status = viewChild.required<ElementRef<HTMLSelectElement>>('status');

  protected readonly verdicts = VERDICTS;
  protected readonly words = VERDICT_WORDS;
  protected readonly reasons = VERDICT_REASONS;
  protected readonly reasonWords = REASON_WORDS;
  protected readonly takesReason = computed(() => takesReason(this.draft().status));

  focus(): void {
    this.status().nativeElement.focus();
  }

  protected setReach(reach: Reach): void {
    this.draft.update((draft) => ({ ...draft, reach }));
  }

  protected set(field: 'status' | 'reason' | 'lastDay' | 'assignee' | 'note', event: Event): void {
    const { target } = event;
    const isField =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    if (isField) this.draft.update((draft) => ({ ...draft, [field]: target.value }));
  }
}
