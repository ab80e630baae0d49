import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  DOCUMENT,
  type ElementRef,
  afterNextRender,
  computed,
  inject,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';
import { SessionStore } from '../../core/auth/session-store';
import { Theme } from '../../core/theme/theme';
import { Toaster } from '../../core/toasts/toaster';
import { Icon } from '../../ui/icon/icon';
import type { PaletteAction, PaletteEntry } from './palette-entry';
import { PaletteStore } from './palette-store';

/**
 * Reaches everything by its name: a combobox whose list is always open. The focus stays in the field; which entry is meant
 * is told by `aria-activedescendant`.
 */
@Component({
  selector: 'app-palette',
  imports: [CdkTrapFocus, Icon],
  providers: [PaletteStore],
  templateUrl: './palette.html',
  styleUrl: './palette.css',
})
export class Palette {
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly theme = inject(Theme);
  private readonly session = inject(SessionStore);
  private readonly clipboard = inject(Clipboard);
  private readonly toaster = inject(Toaster);
  private readonly element = viewChild.required<ElementRef<HTMLDialogElement>>('element');

  readonly closed = output();

  protected readonly store = inject(PaletteStore);
  protected readonly entries = computed(() =>
    this.store.sections().flatMap(({ entries }) => entries),
  );
  /** Stays with its entry while more are found, and begins anew with each question. */
  private readonly activeId = linkedSignal<string, string | null>({
    source: () => this.store.question(),
    computation: () => null,
  });
  protected readonly active = computed(
    () => this.entries().find(({ id }) => id === this.activeId()) ?? this.entries()[0] ?? null,
  );
  protected readonly summary = computed(() => {
    const count = this.entries().length;
    return count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'entry' : 'entries'}`;
  });

  constructor() {
    afterNextRender(() => {
      this.element().nativeElement.showModal();
    });
  }

  close(): void {
    this.element().nativeElement.close();
  }

  protected domId(entry: PaletteEntry): string {
    return `palette-${entry.id.replaceAll(/[^\w-]+/g, '-')}`;
  }

  protected ask(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.question.set(event.target.value);
  }

  protected steer(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = this.active();
      if (entry !== null) void this.choose(entry);
    }
  }

  protected async choose({ does }: PaletteEntry): Promise<void> {
    this.close();
    if (does.kind === 'go') await this.router.navigateByUrl(does.url);
    else await this.act(does.action);
  }

  /** A press beside the frame lands on the dialog element itself. */
  protected closeFromOutside(event: Event): void {
    if (event.target === this.element().nativeElement) this.close();
  }

  private move(step: number): void {
    const entries = this.entries();
    const active = this.active();
    if (active === null) return;
    const place = (entries.indexOf(active) + step + entries.length) % entries.length;
    const next = entries[place];
    if (next === undefined) return;
    this.activeId.set(next.id);
    this.document.getElementById(this.domId(next))?.scrollIntoView({ block: 'nearest' });
  }

  private async act(action: PaletteAction): Promise<void> {
    switch (action) {
      case 'theme-dark':
        this.theme.choose('dark');
        break;
      case 'theme-light':
        this.theme.choose('light');
        break;
      case 'theme-system':
        this.theme.choose('system');
        break;
      case 'copy-address':
        if (this.clipboard.copy(this.document.location.href)) this.toaster.done('Address copied');
        break;
      case 'log-out':
        await this.session.leave();
    }
  }
}
