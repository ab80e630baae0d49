import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { SCOPES, type ApiKeyRequestBody, type Scope } from '@securescan/contracts';
import { Dialog } from '../../../ui/dialog/dialog';
import { ErrorNotice, type Notice } from '../../../ui/error-notice/error-notice';
import { CLOCK } from '../../../ui/time/ticker';

const DAY_MS = 24 * 60 * 60_000;
const SCOPE_TEXTS: Readonly<Record<Scope, string>> = {
  read: 'Look at everything but keys, webhooks and the audit log.',
  write: 'Start, cancel and delete scans, and decide about findings.',
  admin: 'Make and revoke keys, install scanners, read the audit log. Give it to few.',
};

/** Asks what a new key is for, what it may do and how long. */
@Component({
  selector: 'app-new-key-dialog',
  imports: [Dialog, ErrorNotice],
  templateUrl: './new-key-dialog.html',
  styleUrl: '../settings-form.css',
})
export class NewKeyDialog {
  private readonly clock = inject(CLOCK);

  /** The first key of the installation holds all scopes. */
  readonly isFirst = input.required<boolean>();
  /** Scopes of whoever makes it: nobody grants another. */
  readonly grantable = input.required<readonly Scope[]>();
  readonly isBusy = input.required<boolean>();
  /** Why the server refused. */
  readonly problem = input.required<Notice | null>();

  readonly asked = output<ApiKeyRequestBody>();
  readonly dismissed = output();

  protected readonly typed = signal('');
  protected readonly endsOn = signal('');
  private readonly hasTried = signal(false);
  private readonly chosen = linkedSignal<ReadonlySet<Scope>>(
    () => new Set(this.isFirst() ? SCOPES : this.grantable().filter((scope) => scope === 'read')),
  );

  protected readonly choices = computed(() =>
    SCOPES.map((scope) => ({
      scope,
      text: SCOPE_TEXTS[scope],
      isChosen: this.chosen().has(scope),
      whyNot: this.whyNot(scope),
    })),
  );
  protected readonly nameFault = computed(() =>
    this.hasTried() && this.typed().trim() === '' ? 'Give it a name.' : null,
  );
  protected readonly scopeFault = computed(() =>
    this.hasTried() && this.chosen().size === 0 ? 'Choose at least one scope.' : null,
  );
  protected readonly tomorrow = computed(() =>
    new Date(this.clock() + DAY_MS).toISOString().slice(0, 10),
  );

  protected toggle(scope: Scope): void {
    const next = new Set(this.chosen());
    if (!next.delete(scope)) next.add(scope);
    this.chosen.set(next);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.hasTried.set(true);
    if (this.nameFault() !== null || this.scopeFault() !== null || this.isBusy()) return;
    const day = this.endsOn();
    this.asked.emit({
      name: this.typed().trim(),
      scopes: SCOPES.filter((scope) => this.chosen().has(scope)),
      ...(day !== '' && { expires_at: `${day}T23:59:59Z` }),
    });
  }

  private whyNot(scope: Scope): string | null {
    if (this.isFirst()) return SCOPE_TEXTS[scope];
    return this.grantable().includes(scope) ? null : 'Your key lacks it, so it cannot give it.';
  }
}
