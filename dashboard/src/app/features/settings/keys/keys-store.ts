import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type {
  ApiKeyBody,
  ApiKeyCreatedBody,
  ApiKeyRequestBody,
  Scope,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { heldValue } from '../../../core/api/held-value';
import { CursorPaging } from '../../../core/api/list-page';
import { API, keyRoute } from '../../../core/api/routes';
import { parseCreatedKey, parseKey, parseKeys } from '../../../core/api/wire-keys';
import { SessionStore } from '../../../core/auth/session-store';
import { type Problem, toProblem } from '../../../core/errors/problem';

const PAGE_SIZE = 100;

/** The keys of the installation. */
@Injectable()
export class KeysStore {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionStore);
  private readonly always = signal('keys').asReadonly();

  /** Why the caller may not see them, or `null`. */
  readonly whyNot = computed(() => this.session.whyNot('admin'));

  private readonly paging = new CursorPaging(PAGE_SIZE, this.always);
  private readonly page = httpResource<ApiKeyBody[]>(
    () => {
      if (this.whyNot() !== null) return undefined;
      const cursor = this.paging.cursor();
      const params = { limit: PAGE_SIZE };
      return { url: API.keys, params: cursor === undefined ? params : { ...params, cursor } };
    },
    { parse: parseKeys },
  );
  private readonly own = httpResource<ApiKeyBody>(
    () => (this.session.session()?.kind === 'key' ? API.ownKey : undefined),
    { parse: parseKey },
  );
  private readonly isSending = signal(false);
  private readonly refusal = signal<Problem | null>(null);

  readonly keys = heldValue(this.page, this.always);
  readonly window = computed(() => {
    const loaded = this.keys();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });
  /** Of the key that this tab uses; `null` where it uses none of these. */
  readonly ownId = computed(() => (this.own.hasValue() ? this.own.value().id : null));
  readonly isBusy = this.isSending.asReadonly();
  /** Why the last deed was refused. */
  readonly problem = this.refusal.asReadonly();

  /** Nobody has to be recognised yet: the first key ends that. */
  readonly isOpen = computed(() => this.session.session()?.kind === 'open');
  /** Nobody grants a scope that they lack. */
  readonly grantable = computed<readonly Scope[]>(() => this.session.session()?.scopes ?? []);

  reload(): void {
    this.page.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  forgetProblem(): void {
    this.refusal.set(null);
  }

  /**
   * Resolves to the key with its text, or to `null` where it was refused. The first key of an installation is used by this
   * tab from then on: without one it would be shut out, and the text be gone with the page.
   */
  async create(request: ApiKeyRequestBody): Promise<ApiKeyCreatedBody | null> {
    const wasOpen = this.isOpen();
    const answer = await this.send(async () =>
      parseCreatedKey(await firstValueFrom(this.http.post(API.keys, request))),
    );
    if (answer !== null && wasOpen) await this.session.signIn(answer.key);
    this.page.reload();
    return answer;
  }

  /** Resolves to whether it is revoked. */
  async revoke(id: string): Promise<boolean> {
    const answer = await this.send(async () => {
      await firstValueFrom(this.http.delete(keyRoute(id)));
      return true;
    });
    this.page.reload();
    return answer ?? false;
  }

  private async send<T>(run: () => Promise<T>): Promise<T | null> {
    if (this.isSending()) return null;
    this.isSending.set(true);
    this.refusal.set(null);
    try {
      return await run();
    } catch (error) {
      // Expected: the server refuses, as with the last key that can make others. The dialog says why.
      this.refusal.set(toProblem(error));
      return null;
    } finally {
      this.isSending.set(false);
    }
  }
}
