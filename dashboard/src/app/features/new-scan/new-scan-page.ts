import { Component, ElementRef, Injector, afterNextRender, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { SessionStore } from '../../core/auth/session-store';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { DirectoryPicker } from './directory-picker';
import { NewScanStore } from './new-scan-store';
import { OPTION_TEXTS } from './option-texts';
import { ScanOptionChoice } from './scan-option-choice';
import type { OptionKey } from './scan-options';
import { ScanTypeChoice } from './scan-type-choice';
import { type InstallState, ScannerInstallStore } from '../../core/scanners/scanner-install-store';
import { TargetInput } from './target-input';
import { TARGET_TEXTS } from './target-texts';

@Component({
  selector: 'app-new-scan-page',
  imports: [
    DirectoryPicker,
    ErrorNotice,
    Icon,
    ScanOptionChoice,
    ScanTypeChoice,
    Skeleton,
    TargetInput,
  ],
  providers: [NewScanStore, ScannerInstallStore],
  templateUrl: './new-scan-page.html',
  styleUrl: './new-scan-page.css',
})
export class NewScanPage {
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly session = inject(SessionStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly store = inject(NewScanStore);
  protected readonly installs = inject(ScannerInstallStore);
  protected readonly installOf = (scanner: string): InstallState => this.installs.stateOf(scanner);
  protected readonly optionFault = (key: OptionKey): string | null => this.store.optionFault(key);
  protected readonly whyNoStart = computed(() => this.session.whyNot('write'));
  protected readonly whyNoInstall = computed(() => this.session.whyNot('admin'));
  protected readonly targetTexts = TARGET_TEXTS;
  protected readonly optionTexts = OPTION_TEXTS;

  /** For screen readers: fields come and go above the boxes that ask for them. */
  protected readonly asked = computed(() => {
    const labels = this.store.targets.asked().map((key) => TARGET_TEXTS[key].label);
    return labels.length === 0 ? this.nothingAsked() : `To be filled in: ${labels.join(', ')}.`;
  });
  protected readonly nothingAsked = computed(() =>
    this.isHostJudged()
      ? "This server's own machine is judged: nothing has to be named."
      : 'Choose what to look for; then what has to be named is asked for here.',
  );
  /** What the preview names as the target. */
  protected readonly places = computed<readonly string[]>(() => {
    const { targets } = this.store;
    const named = targets.asked().flatMap((key) => {
      const text = targets.textOf(key).trim();
      return text === '' ? [] : [shortPath(text, 44)];
    });
    const places = this.isHostJudged() ? [...named, "this server's own machine"] : named;
    return places.length === 0 ? ['not chosen yet'] : places;
  });

  private readonly isHostJudged = computed(() => this.store.options.isOn('baseline_host_probes'));

  /** Whatever the answer was, only the status knows what is there now: an answer may be lost on its way. */
  protected async install(scanner: string): Promise<void> {
    if (await this.installs.install(scanner)) this.store.reloadStatus();
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    const id = await this.store.submit();
    if (id === null) this.focusFirstFault();
    else await this.router.navigate(['/scan', id]);
  }

  private focusFirstFault(): void {
    const { nativeElement } = this.host;
    afterNextRender(
      () => nativeElement.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      { injector: this.injector },
    );
  }
}
