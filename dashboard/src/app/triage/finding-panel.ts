import { Component, computed, inject, input, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { NeedsScope } from '../core/auth/needs-scope';
import { CopyButton } from '../ui/copy-button/copy-button';
import { ErrorNotice } from '../ui/error-notice/error-notice';
import { Pager } from '../ui/pager/pager';
import { Skeleton } from '../ui/skeleton/skeleton';
import { RelativeTime } from '../ui/time/relative-time';
import { ChangeList } from './change-list';
import { CommentList } from './comment-list';
import { FindingDetails } from './finding-details';
import { FindingDossier } from './finding-dossier';
import { PlaceList } from './place-list';
import { decisionOfDraft, draftOf, type VerdictDraft } from './verdict-draft';
import { VerdictFields } from './verdict-fields';
import { VerdictPill } from './verdict-pill';
import { VerdictWriter } from './verdict-writer';
import { type Decidable, subjectOf } from './verdict-steps';

/** An opened finding: what the tool says, what was decided and said, where it was; and the fields to decide about it. */
@Component({
  selector: 'app-finding-panel',
  imports: [
    ChangeList,
    CommentList,
    CopyButton,
    ErrorNotice,
    FindingDetails,
    NeedsScope,
    Pager,
    PlaceList,
    RelativeTime,
    RouterLink,
    Skeleton,
    VerdictFields,
    VerdictPill,
  ],
  templateUrl: './finding-panel.html',
  styleUrl: './finding-panel.css',
})
export class FindingPanel {
  /** Whether it is open on the page of its own address. */
  readonly isOnOwnPage = input(false);

  private readonly writer = inject(VerdictWriter);
  private readonly fields = viewChild(VerdictFields);

  protected readonly dossier = inject(FindingDossier);
  protected readonly row = this.dossier.row;
  protected readonly state = computed(() => this.row()?.finding.state ?? null);
  protected readonly draft = computed(() => this.dossier.verdictDraft() ?? draftOf(this.state()));
  protected readonly inProject = computed(() => {
    const loaded = this.dossier.verdicts();
    return loaded.state === 'value' ? loaded.value.in_project : null;
  });
  protected readonly everywhere = computed(() => {
    const loaded = this.dossier.verdicts();
    return loaded.state === 'value' ? loaded.value.everywhere : null;
  });
  /** The ways to more of the same. */
  protected readonly narrowing = computed(() => {
    const row = this.row();
    if (row === null) return [];
    const { rule_id, cwe, file_path } = row.finding;
    return [
      { text: 'All of this rule', params: { rule_id } },
      ...(cwe === null ? [] : [{ text: `All of ${cwe}`, params: { cwe } }]),
      ...(file_path === null
        ? []
        : [{ text: 'All of this file', params: { q: `"${file_path}"` } }]),
    ];
  });
  protected readonly isBusy = computed(() => this.writer.working() !== null);

  editVerdict(): void {
    this.fields()?.focus();
  }

  protected write(draft: VerdictDraft): void {
    this.dossier.verdictDraft.set(draft);
  }

  protected async save(): Promise<void> {
    const subject = this.subject();
    if (subject === null) return;
    const draft = this.draft();
    const decision = decisionOfDraft(draft, this.state());
    // What was written stays where the server refuses it.
    if (await this.writer.decide(subject, decision, draft.reach)) {
      this.dossier.verdictDraft.set(null);
    }
  }

  protected async withdraw(): Promise<void> {
    const subject = this.subject();
    if (subject !== null && (await this.writer.withdraw(subject))) {
      this.dossier.verdictDraft.set(null);
    }
  }

  private subject(): Decidable | null {
    const row = this.row();
    return row === null ? null : subjectOf(row);
  }
}
