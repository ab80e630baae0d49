import { Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  DELIVERY_STATUSES,
  type WebhookBody,
  type WebhookReplayRequestBody,
} from '@securescan/contracts';
import { AddressQuery } from '../../../core/address-query';
import { NeedsScope } from '../../../core/auth/needs-scope';
import { Toaster } from '../../../core/toasts/toaster';
import { ArrowMoves } from '../../../ui/arrow-moves/arrow-moves';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../../ui/error-notice/error-notice';
import { Icon } from '../../../ui/icon/icon';
import { Menu, type MenuEntry } from '../../../ui/menu/menu';
import { OneTimeSecret } from '../../../ui/one-time-secret/one-time-secret';
import { Pager } from '../../../ui/pager/pager';
import { type Segment, Segmented } from '../../../ui/segmented/segmented';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { formatInstant } from '../../../ui/time/format-time';
import { RelativeTime } from '../../../ui/time/relative-time';
import { DeliveryDrawer } from './delivery-drawer';
import { DeliveryStatus } from './delivery-status';
import { ReplayDialog } from './replay-dialog';
import { WebhookCommands } from './webhook-commands';
import { type WebhookAnswers, WebhookForm } from './webhook-form';
import { WebhookStore } from './webhook-store';
import { FORMAT_WORDS, stateWords, troublesOf } from './webhook-words';

const ANY = 'any';
const DIALOGS = ['edit', 'replay', 'rotate', 'delete'] as const;
type DialogName = (typeof DIALOGS)[number];

@Component({
  selector: 'app-webhook-page',
  imports: [
    ArrowMoves,
    ConfirmDialog,
    DeliveryDrawer,
    DeliveryStatus,
    EmptyState,
    ErrorNotice,
    Icon,
    Menu,
    NeedsScope,
    OneTimeSecret,
    Pager,
    RelativeTime,
    ReplayDialog,
    RouterLink,
    Segmented,
    Skeleton,
    WebhookForm,
  ],
  providers: [AddressQuery, WebhookStore, WebhookCommands],
  templateUrl: './webhook-page.html',
  styleUrl: '../settings-table.css',
})
export class WebhookPage {
  private readonly router = inject(Router);
  private readonly toaster = inject(Toaster);

  protected readonly store = inject(WebhookStore);
  protected readonly commands = inject(WebhookCommands);
  protected readonly dialog = signal<DialogName | null>(null);
  protected readonly secret = signal<string | null>(null);
  protected readonly any = ANY;
  protected readonly formats = FORMAT_WORDS;
  protected readonly state = stateWords;
  protected readonly troubles = troublesOf;
  protected readonly instant = formatInstant;
  protected readonly statuses: readonly Segment[] = [
    { id: ANY, label: 'all' },
    ...DELIVERY_STATUSES.map((status) => ({ id: status, label: status })),
  ];

  protected menu({ enabled }: WebhookBody): readonly MenuEntry[] {
    return [
      { id: 'edit', label: 'Change…', icon: 'file' },
      { id: 'enabled', label: enabled ? 'Disable' : 'Enable', icon: enabled ? 'skip' : 'check' },
      {
        id: 'replay',
        label: 'Send once more…',
        icon: 'refresh',
        whyNot: enabled ? null : 'It is disabled.',
      },
      { id: 'rotate', label: 'New secret…', icon: 'key' },
      { id: 'delete', label: 'Delete…', icon: 'trash', isDangerous: true },
    ];
  }

  protected async choose(entry: string, { id, enabled }: WebhookBody): Promise<void> {
    this.commands.forgetProblem();
    const dialog = DIALOGS.find((name) => name === entry);
    if (dialog !== undefined) {
      this.dialog.set(dialog);
      return;
    }
    await this.commands.change(id, { enabled: !enabled });
    this.store.reload();
  }

  protected async change(answers: WebhookAnswers): Promise<void> {
    if ((await this.commands.change(this.store.id(), answers)) === null) return;
    this.finish('The webhook is changed');
  }

  protected async rotate(): Promise<void> {
    const secret = await this.commands.rotate(this.store.id());
    if (secret === null) return;
    this.dialog.set(null);
    this.secret.set(secret);
    this.store.reload();
  }

  protected async remove(): Promise<void> {
    if ((await this.commands.remove(this.store.id())) === null) return;
    this.toaster.done('The webhook is deleted');
    await this.router.navigate(['/settings/webhooks']);
  }

  protected async replay(request: WebhookReplayRequestBody): Promise<void> {
    const count = await this.commands.replay(this.store.id(), request);
    if (count === null) return;
    this.finish(
      count === 1 ? '1 delivery is sent once more' : `${count} deliveries are sent once more`,
    );
  }

  protected async test(): Promise<void> {
    const delivery = await this.commands.test(this.store.id());
    if (delivery !== null) await this.store.open(delivery);
  }

  protected async redeliver(delivery: string): Promise<void> {
    const made = await this.commands.redeliver(this.store.id(), delivery);
    if (made !== null) await this.store.open(made);
  }

  protected async skip(delivery: string): Promise<void> {
    await this.commands.skip(this.store.id(), delivery);
    this.store.reload();
  }

  protected async open(delivery: string | null): Promise<void> {
    this.commands.forgetProblem();
    await this.store.open(delivery);
  }

  protected async show(status: string): Promise<void> {
    await this.store.show(status === ANY ? null : status);
  }

  private finish(words: string): void {
    this.dialog.set(null);
    this.toaster.done(words);
    this.store.reload();
  }
}
