import { Component, computed, input, output } from '@angular/core';
import type { CallerKind, SessionBody } from '@securescan/contracts';
import { Icon } from '../ui/icon/icon';

const KIND_WORDS: Readonly<Record<CallerKind, string>> = {
  open: 'No key has ever been made here, so whoever uses this machine may do everything.',
  env: 'The key that the operator set in the environment.',
  key: 'An API key. It stays in this tab until you log out or close it.',
  sso: 'Signed in through your organisation.',
};

/** Who is calling and what they may do; in its card also how to stop. */
@Component({
  selector: 'app-caller',
  imports: [Icon],
  templateUrl: './caller.html',
  styleUrl: './caller.css',
})
export class Caller {
  readonly session = input.required<SessionBody>();

  readonly signedOut = output();

  protected readonly name = computed(() => this.session().principal?.name ?? 'No credentials');
  /** Proxies often name somebody by the address alone. */
  protected readonly email = computed(() => {
    const email = this.session().principal?.email ?? null;
    return email === this.name() ? null : email;
  });
  protected readonly scopes = computed(() => this.session().scopes.join(', '));
  protected readonly about = computed(() => KIND_WORDS[this.session().kind]);
  protected readonly hasKey = computed(() => {
    const { kind } = this.session();
    return kind === 'env' || kind === 'key';
  });
}
