import { Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { WebhookCreatedBody } from '@securescan/contracts';
import { NeedsScope } from '../../../core/auth/needs-scope';
import { ArrowMoves } from '../../../ui/arrow-moves/arrow-moves';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../../ui/error-notice/error-notice';
import { Icon } from '../../../ui/icon/icon';
import { OneTimeSecret } from '../../../ui/one-time-secret/one-time-secret';
import { Pager } from '../../../ui/pager/pager';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { WebhookCommands } from './webhook-commands';
import { type WebhookAnswers, WebhookForm } from './webhook-form';
import { FORMAT_WORDS, stateWords, troublesOf } from './webhook-words';
import { WebhooksStore } from './webhooks-store';

@Component({
  selector: 'app-webhooks-page',
  imports: [
    ArrowMoves,
    EmptyState,
    ErrorNotice,
    Icon,
    NeedsScope,
    OneTimeSecret,
    Pager,
    RouterLink,
    Skeleton,
    WebhookForm,
  ],
  providers: [WebhooksStore, WebhookCommands],
  templateUrl: './webhooks-page.html',
  styleUrl: '../settings-table.css',
})
export class WebhooksPage {
  private readonly router = inject(Router);

  protected readonly store = inject(WebhooksStore);
  protected readonly commands = inject(WebhookCommands);
  protected readonly isMaking = signal(false);
  protected readonly made = signal<WebhookCreatedBody | null>(null);
  protected readonly formats = FORMAT_WORDS;
  protected readonly state = stateWords;
  protected readonly troubles = troublesOf;

  protected startMaking(): void {
    this.commands.forgetProblem();
    this.isMaking.set(true);
  }

  protected async make(answers: WebhookAnswers): Promise<void> {
    const webhook = await this.commands.create({ url: '', ...answers });
    if (webhook === null) return;
    this.isMaking.set(false);
    this.made.set(webhook);
    this.store.reload();
  }

  protected async finish(id: string): Promise<void> {
    this.made.set(null);
    await this.router.navigate(['/settings/webhooks', id]);
  }
}
