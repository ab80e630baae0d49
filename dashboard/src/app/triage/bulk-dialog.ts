import { Component, computed, inject, input, linkedSignal, output, resource } from '@angular/core';
import type { Verdict } from '@securescan/contracts';
import { NeedsScope } from '../core/auth/needs-scope';
import { toProblem } from '../core/errors/problem';
import { Dialog } from '../ui/dialog/dialog';
import { ErrorNotice } from '../ui/error-notice/error-notice';
import { decisionOfDraft, draftOf, type VerdictDraft } from './verdict-draft';
import { VerdictFields } from './verdict-fields';
import type { Decidable } from './verdict-steps';
import { VERDICT_WORDS } from './verdict-words';
import { VerdictWriter, counted } from './verdict-writer';

const REST_MS = 200;

/** One decision about many findings: what it says, what the server says it would do, and the button that does it. */
@Component({
  selector: 'app-bulk-dialog',
  imports: [Dialog, ErrorNotice, NeedsScope, VerdictFields],
  templateUrl: './bulk-dialog.html',
  styleUrl: './bulk-dialog.css',
})
export class BulkDialog {
  private readonly writer = inject(VerdictWriter);

  readonly subjects = input.required<readonly Decidable[]>();
  readonly verdict = input.required<Verdict>();

  readonly closed = output();
  /** All of them were decided about. */
  readonly decided = output();

  protected readonly draft = linkedSignal<Verdict, VerdictDraft>({
    source: this.verdict,
    computation: (status) => ({ ...draftOf(null), status }),
  });
  protected readonly words = computed(() => counted(this.subjects().length));
  protected readonly project = computed(() => {
    const projects = new Set(this.subjects().map(({ project }) => project));
    const [only] = projects;
    return projects.size === 1 && only !== undefined
      ? only
      : `In each of ${projects.size} projects`;
  });
  protected readonly isBusy = computed(() => this.writer.working() !== null);
  protected readonly verdictWords = VERDICT_WORDS;

  private readonly preview = resource({
    params: () => ({ draft: this.draft(), subjects: this.subjects() }),
    loader: async ({ params: { draft, subjects }, abortSignal }) => {
      // Whoever still types asks once, not for every letter.
      await rest(REST_MS, abortSignal);
      return this.writer.preview(subjects, decisionOfDraft(draft, null), draft.reach);
    },
  });
  protected readonly answer = computed(() =>
    this.preview.hasValue() && !this.preview.isLoading() ? this.preview.value() : null,
  );
  protected readonly problem = computed(() => {
    const error = this.preview.error();
    return error === undefined ? null : toProblem(error);
  });

  /** What the first of them were before, counted. */
  protected readonly befores = computed(() => {
    const counts = new Map<string, number>();
    for (const { before } of this.answer()?.sample ?? []) {
      const { label } = VERDICT_WORDS[before?.status ?? 'new'];
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts].map(([label, count]) => ({ label, count }));
  });

  protected again(): void {
    this.preview.reload();
  }

  protected async apply(): Promise<void> {
    const draft = this.draft();
    const decision = decisionOfDraft(draft, null);
    // What became of it is said beside the page, which the dialog would cover.
    const isDone = await this.writer.decideAll(this.subjects(), decision, draft.reach);
    if (isDone) this.decided.emit();
    else this.closed.emit();
  }
}

/** Resolves after a while, or never where nobody waits any more. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  });
}
