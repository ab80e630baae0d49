import { Component, computed, inject, signal } from '@angular/core';
import type { FindingCommentBody } from '@securescan/contracts';
import { NeedsScope } from '../core/auth/needs-scope';
import { SessionStore } from '../core/auth/session-store';
import { ConfirmDialog } from '../ui/dialog/confirm-dialog';
import { ErrorNotice } from '../ui/error-notice/error-notice';
import { Icon } from '../ui/icon/icon';
import { Pager } from '../ui/pager/pager';
import { Skeleton } from '../ui/skeleton/skeleton';
import { RelativeTime } from '../ui/time/relative-time';
import { FindingDossier } from './finding-dossier';

/** What people say about the opened finding. */
@Component({
  selector: 'app-comment-list',
  imports: [ConfirmDialog, ErrorNotice, Icon, NeedsScope, Pager, RelativeTime, Skeleton],
  templateUrl: './comment-list.html',
  styleUrl: './comment-list.css',
})
export class CommentList {
  private readonly session = inject(SessionStore);

  protected readonly dossier = inject(FindingDossier);
  protected readonly isEverywhere = signal(false);
  protected readonly asked = signal<FindingCommentBody | null>(null);
  protected readonly isEmpty = computed(() => this.dossier.draft().trim() === '');

  /** Whose it is, the server knows; by their name it is only guessed whether to offer it. */
  protected mayDelete({ author }: FindingCommentBody): boolean {
    const session = this.session.session();
    if (session === null) return false;
    return session.scopes.includes('admin') || session.principal?.name === author;
  }

  protected write(event: Event): void {
    if (event.target instanceof HTMLTextAreaElement) this.dossier.draft.set(event.target.value);
  }

  protected setEverywhere(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.isEverywhere.set(event.target.checked);
  }

  protected async send(): Promise<void> {
    if (this.session.whyNot('write') !== null || this.dossier.isSending()) return;
    await this.dossier.addComment(this.isEverywhere());
  }

  protected async remove(): Promise<void> {
    const comment = this.asked();
    this.asked.set(null);
    if (comment !== null) await this.dossier.removeComment(comment.id);
  }
}
