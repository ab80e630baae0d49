import {
  Component,
  DOCUMENT,
  DestroyRef,
  type ElementRef,
  EnvironmentInjector,
  Injector,
  afterNextRender,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { type Refused, SessionStore } from '../../core/auth/session-store';
import { PageTitle } from '../../core/page-title';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { keyFault } from './key-fault';

/** Stands in the place of every page for as long as the server lets nobody in; the address stays as it is. */
@Component({
  selector: 'app-sign-in-page',
  imports: [ErrorNotice, Icon],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.css',
})
export class SignInPage {
  private readonly session = inject(SessionStore);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly environment = inject(EnvironmentInjector);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');

  protected readonly access = this.session.access;
  protected readonly typed = signal('');
  protected readonly isShown = signal(false);
  protected readonly isAsking = signal(false);
  /** What is wrong with the text itself, which is then not sent. */
  protected readonly fault = signal<string | null>(null);

  protected readonly refused = computed(() => {
    const access = this.access();
    return access.state === 'refused' ? access : null;
  });
  protected readonly headline = computed(() => {
    const refused = this.refused();
    return refused === null ? '' : headlineOf(refused);
  });
  protected readonly isInvalid = computed(
    () => this.fault() !== null || isWrongKey(this.refused()),
  );

  constructor() {
    const title = inject(PageTitle);
    title.coverWith('Sign in');
    inject(DestroyRef).onDestroy(() => {
      title.coverWith(null);
    });
    this.focusField();
  }

  protected type(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.typed.set(event.target.value);
    this.fault.set(null);
  }

  protected toggleShown(): void {
    this.isShown.update((isShown) => !isShown);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isAsking()) return;
    const key = this.typed().trim();
    this.fault.set(keyFault(key));
    if (this.fault() === null) {
      this.isAsking.set(true);
      await this.session.signIn(key);
      this.isAsking.set(false);
    }
    if (this.session.session() === null) this.focusField();
    else this.handFocusOver();
  }

  protected async retry(): Promise<void> {
    await this.session.check();
  }

  protected reload(): void {
    this.document.defaultView?.location.reload();
  }

  private focusField(): void {
    const focus = (): void => {
      const field = this.field()?.nativeElement;
      field?.focus();
      field?.select();
    };
    afterNextRender(focus, { injector: this.injector });
  }

  /** The form is gone by then, and the focus with it: the page that takes its place gets it. */
  private handFocusOver(): void {
    const focus = (): void => {
      this.document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    };
    afterNextRender(focus, { injector: this.environment });
  }
}

function headlineOf(refused: Refused): string {
  const { problem, lost } = refused;
  if (lost === 'sso') return 'Your single sign-on session has ended';
  if (lost === 'open') return 'This server asks for a key now';
  if (lost !== null) return 'Your key is no longer accepted';
  if (isWrongKey(refused)) return 'The key was not accepted';
  return problem?.status === 401 ? 'You were not let in' : 'The key could not be checked';
}

function isWrongKey(refused: Refused | null): boolean {
  return refused?.lost === null && refused.problem?.code === 'CREDENTIALS_INVALID';
}
