import { Component, computed, inject, signal } from '@angular/core';
import type { ApiKeyBody, ApiKeyCreatedBody, ApiKeyRequestBody } from '@securescan/contracts';
import { NeedsScope } from '../../../core/auth/needs-scope';
import { Toaster } from '../../../core/toasts/toaster';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../../ui/error-notice/error-notice';
import { Icon } from '../../../ui/icon/icon';
import { Menu, type MenuEntry } from '../../../ui/menu/menu';
import { OneTimeSecret } from '../../../ui/one-time-secret/one-time-secret';
import { Pager } from '../../../ui/pager/pager';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { formatInstant } from '../../../ui/time/format-time';
import { RelativeTime } from '../../../ui/time/relative-time';
import { Ticker } from '../../../ui/time/ticker';
import { type KeyState, activeFirst, stateOf } from './key-state';
import { KeysStore } from './keys-store';
import { NewKeyDialog } from './new-key-dialog';

const MENU: readonly MenuEntry[] = [
  { id: 'revoke', label: 'Revoke…', icon: 'trash', isDangerous: true },
];

@Component({
  selector: 'app-keys-page',
  imports: [
    ConfirmDialog,
    EmptyState,
    ErrorNotice,
    Icon,
    Menu,
    NeedsScope,
    NewKeyDialog,
    OneTimeSecret,
    Pager,
    RelativeTime,
    Skeleton,
  ],
  providers: [KeysStore],
  templateUrl: './keys-page.html',
  styleUrl: '../settings-table.css',
})
export class KeysPage {
  private readonly toaster = inject(Toaster);
  private readonly ticker = inject(Ticker);

  protected readonly store = inject(KeysStore);
  protected readonly menu = MENU;
  protected readonly isMaking = signal(false);
  protected readonly made = signal<ApiKeyCreatedBody | null>(null);
  protected readonly toRevoke = signal<ApiKeyBody | null>(null);

  protected readonly rows = computed(() => {
    const loaded = this.store.keys();
    return loaded.state === 'value' ? activeFirst(loaded.value, this.ticker.now()) : [];
  });

  protected stateOf(key: ApiKeyBody): KeyState {
    return stateOf(key, this.ticker.now());
  }

  protected day(instant: string): string {
    return formatInstant(instant);
  }

  protected startMaking(): void {
    this.store.forgetProblem();
    this.isMaking.set(true);
  }

  protected async make(request: ApiKeyRequestBody): Promise<void> {
    const key = await this.store.create(request);
    if (key === null) return;
    this.isMaking.set(false);
    this.made.set(key);
  }

  protected startRevoking(key: ApiKeyBody): void {
    this.store.forgetProblem();
    this.toRevoke.set(key);
  }

  protected async revoke(key: ApiKeyBody): Promise<void> {
    if (!(await this.store.revoke(key.id))) return;
    this.toRevoke.set(null);
    this.toaster.done(`The key ${key.name} is revoked`);
  }
}
