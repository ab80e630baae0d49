import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import type { SeverityCountsBody, Verdict } from '@securescan/contracts';
import { NeedsScope } from '../core/auth/needs-scope';
import { SessionStore } from '../core/auth/session-store';
import { toProblem } from '../core/errors/problem';
import { Toaster } from '../core/toasts/toaster';
import { EmptyState } from '../ui/empty-state/empty-state';
import { ErrorNotice } from '../ui/error-notice/error-notice';
import { Icon } from '../ui/icon/icon';
import { SeverityPill } from '../ui/severity/severity-pill';
import { Skeleton } from '../ui/skeleton/skeleton';
import { BulkDialog } from './bulk-dialog';
import { FindingPanel } from './finding-panel';
import { isWholeList, type QueryChange } from './finding-query';
import { FindingsBrowser, MOST_SELECTED } from './findings-browser';
import { FindingsGrid } from './findings-grid';
import { FindingsToolbar } from './findings-toolbar';
import { ShortcutHelp } from './shortcut-help';
import { type Command, Shortcuts } from './shortcuts';
import { type Decidable, quickDecision, subjectOf } from './verdict-steps';
import { VerdictWriter, counted } from './verdict-writer';

/** A list of findings in all its states, with whatever can be done to them. Its content says what was checked, for where nothing was found. */
@Component({
  selector: 'app-findings-section',
  imports: [
    BulkDialog,
    EmptyState,
    ErrorNotice,
    FindingPanel,
    FindingsGrid,
    FindingsToolbar,
    Icon,
    NeedsScope,
    SeverityPill,
    ShortcutHelp,
    Skeleton,
  ],
  templateUrl: './findings-section.html',
  styleUrl: './findings-section.css',
  host: { '(document:keydown)': 'press($event)' },
})
export class FindingsSection {
  private readonly writer = inject(VerdictWriter);
  private readonly shortcuts = inject(Shortcuts);
  private readonly session = inject(SessionStore);
  private readonly toaster = inject(Toaster);
  private readonly grid = viewChild(FindingsGrid);
  private readonly toolbar = viewChild(FindingsToolbar);

  readonly counts = input<SeverityCountsBody | null>(null);
  readonly scanners = input.required<readonly string[]>();
  readonly projects = input<readonly string[] | null>(null);

  protected readonly browser = inject(FindingsBrowser);
  protected readonly list = this.browser.list;
  protected readonly isHelpShown = signal(false);
  protected readonly bulk = signal<{ subjects: readonly Decidable[]; verdict: Verdict } | null>(
    null,
  );
  protected readonly working = this.writer.working;
  protected readonly whyNoVerdict = computed(() => this.session.whyNot('write'));
  protected readonly mostSelected = MOST_SELECTED;
  protected readonly isWhole = computed(() => isWholeList(this.browser.query()));
  protected readonly isEmpty = computed(
    () => this.list.state() === 'value' && this.list.isWhole() && this.list.reached() === 0,
  );

  /** `128 findings`, `over 10000 findings`. */
  protected readonly totalWords = computed(() => {
    const total = this.list.total();
    if (total === null) return '';
    return `${total.isExact ? '' : 'over '}${counted(total.count)}`;
  });
  protected readonly canSelectAll = computed(() => {
    const total = this.list.total();
    return total?.isExact === true && total.count <= MOST_SELECTED;
  });
  protected readonly dismissedHidden = computed(() => hiddenWords(this.browser.hidden().dismissed));
  protected readonly suppressedHidden = computed(() =>
    hiddenWords(this.browser.hidden().suppressed),
  );
  protected readonly announcement = computed(() => {
    if (this.list.state() !== 'value' || this.list.isBusy()) return '';
    const hidden = [
      this.dismissedHidden() === '' ? '' : `, ${this.dismissedHidden()} dismissed hidden`,
      this.suppressedHidden() === '' ? '' : `, ${this.suppressedHidden()} suppressed hidden`,
    ];
    return `${this.totalWords()}${hidden.join('')}`;
  });

  protected async narrow(change: QueryChange): Promise<void> {
    await this.browser.narrow(change);
    this.grid()?.scrollToTop();
  }

  protected select({ index, isRange }: { index: number; isRange: boolean }): void {
    this.browser.active.set(index);
    this.browser.select(index, isRange);
  }

  protected async selectAll(): Promise<void> {
    try {
      await this.browser.selectAll();
    } catch (error) {
      // Expected: the server is away. What was chosen before still is.
      this.toaster.failed('Not all findings could be read', toProblem(error));
    }
  }

  protected decideSelected(verdict: Verdict): void {
    if (this.whyNoVerdict() !== null) return;
    this.bulk.set({ subjects: this.browser.subjects(), verdict });
  }

  protected endBulk(): void {
    this.bulk.set(null);
  }

  protected decided(): void {
    this.bulk.set(null);
    this.browser.clearSelection();
  }

  protected async undo(): Promise<void> {
    if (this.whyNoVerdict() === null) await this.writer.undo();
  }

  protected press(event: KeyboardEvent): void {
    const isInList = this.grid()?.hasFocusInList(event.target) ?? false;
    const meaning = this.shortcuts.meaningOf(event, isInList);
    if (meaning === null) return;
    const isTaken =
      meaning.command === 'verdict'
        ? this.giveVerdict(meaning.verdict)
        : this.obey(meaning.command);
    if (isTaken) event.preventDefault();
  }

  private giveVerdict(verdict: Verdict): boolean {
    const row = this.browser.activeRow();
    const reason = this.whyNoVerdict();
    if (reason !== null) {
      this.toaster.done(reason);
      return true;
    }
    if (this.browser.selection().length > 0) this.decideSelected(verdict);
    else if (row !== null) {
      const subject = subjectOf(row);
      void this.writer.decide(subject, quickDecision(verdict, subject.state), 'project');
    }
    return true;
  }

  private obey(command: Command): boolean {
    const { browser } = this;
    const commands: Readonly<Record<Command, () => boolean>> = {
      next: () => this.go(1),
      previous: () => this.go(-1),
      first: () => this.go(-Infinity),
      last: () => this.go(Infinity),
      toggle: () => {
        void browser.toggle(browser.active());
        return true;
      },
      edit: () => {
        void this.edit();
        return true;
      },
      select: () => {
        browser.select(browser.active());
        return true;
      },
      'select-range': () => {
        browser.select(browser.active(), true);
        return true;
      },
      undo: () => {
        void this.undo();
        return true;
      },
      search: () => {
        this.toolbar()?.focusSearch();
        return true;
      },
      help: () => {
        this.isHelpShown.set(true);
        return true;
      },
      close: () => this.close(),
    };
    return commands[command]();
  }

  private go(by: number): boolean {
    this.browser.move(by);
    this.grid()?.focusActive();
    return true;
  }

  private async edit(): Promise<void> {
    const { browser } = this;
    if (browser.openedIndex() !== browser.active()) await browser.toggle(browser.active());
    this.grid()?.editVerdict();
  }

  /** Out of a field first, then what is open, then what is chosen. */
  private close(): boolean {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches('input, textarea, select')) {
      activeElement.blur();
      this.grid()?.focusActive();
      return true;
    }
    if (this.browser.opened() !== null) {
      void this.browser.close();
      this.grid()?.focusActive();
      return true;
    }
    const isChosen = this.browser.selection().length > 0;
    this.browser.clearSelection();
    return isChosen;
  }
}

function hiddenWords(total: { count: number; isExact: boolean } | null): string {
  if (total === null || total.count === 0) return '';
  return total.isExact ? String(total.count) : `over ${total.count}`;
}
