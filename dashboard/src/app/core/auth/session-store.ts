import { HttpClient } from '@angular/common/http';
import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import type { CallerKind, Scope, SessionBody } from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { API } from '../api/routes';
import { type Problem, toProblem } from '../errors/problem';
import { API_KEY_HEADER } from './headers';
import { KeyStore } from './key-store';
import { parseSession } from './wire-session';

/** Whether the server lets this tab in, and as whom. */
export type Access =
  | { readonly state: 'checking' }
  | { readonly state: 'granted'; readonly session: SessionBody }
  | Refused
  /** The server could not be asked. */
  | { readonly state: 'unknown'; readonly problem: Problem };

/** A key is wanted. */
export interface Refused {
  readonly state: 'refused';
  /** Why the last key, or the session that ended, was refused; `null` where nothing was tried. */
  readonly problem: Problem | null;
  /** The kind of session that has ended; `null` where there was none. */
  readonly lost: CallerKind | null;
}

type Answer =
  | { readonly session: SessionBody; readonly problem: null }
  | { readonly session: null; readonly problem: Problem };

const UNAUTHORIZED = 401;
const WORDS: Readonly<Record<Scope, string>> = {
  read: 'Reading needs the scope read',
  write: 'Changing scans, verdicts and comments needs the scope write',
  admin: 'Installing tools and managing keys and webhooks needs the scope admin',
};

/** Who is calling: asked for when the page starts, ended by whatever answer says that it is over. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly http = inject(HttpClient);
  private readonly keys = inject(KeyStore);
  private readonly document = inject(DOCUMENT);
  private readonly state = signal<Access>({ state: 'checking' });

  readonly access = this.state.asReadonly();
  /** `null` while nobody is let in. */
  readonly session = computed<SessionBody | null>(() => {
    const access = this.state();
    return access.state === 'granted' ? access.session : null;
  });
  /** A key cannot be sent by what opens an event stream. Without a key there is nothing to send. */
  readonly needsEventToken = computed(() => {
    const kind = this.session()?.kind;
    return kind === 'env' || kind === 'key';
  });

  /** Why the caller may not do what needs a scope, or `null` where they may. */
  whyNot(scope: Scope): string | null {
    const session = this.session();
    if (session === null || session.scopes.includes(scope)) return null;
    const held = session.scopes.length === 0 ? 'none' : session.scopes.join(', ');
    return `${WORDS[scope]}; yours: ${held}.`;
  }

  /**
   * Asks the server who is calling. A kept key that is refused is forgotten, and the server asked once more: whom a proxy
   * signs in needs none.
   */
  async check(): Promise<void> {
    this.state.set({ state: 'checking' });
    const kept = this.keys.key();
    const answer = await this.ask(kept);
    if (kept === null || answer.problem?.status !== UNAUTHORIZED) {
      this.take(answer, null);
      return;
    }
    this.keys.forget();
    this.take(await this.ask(null), answer.problem);
  }

  /** Resolves once the server has judged the key; `access` then says how. A refused key is not kept. */
  async signIn(key: string): Promise<void> {
    const answer = await this.ask(key);
    if (answer.session === null) {
      this.state.set({ state: 'refused', problem: answer.problem, lost: null });
      return;
    }
    this.keys.keep(key);
    this.state.set({ state: 'granted', session: answer.session });
  }

  /** Forgets the key. What the tab may do without one is asked anew. */
  async signOut(): Promise<void> {
    this.keys.forget();
    await this.check();
  }

  /** Ends the session, whichever kind it is: a key is forgotten, a session of the proxy ends where the proxy says. */
  async leave(): Promise<void> {
    const address = this.session()?.logout_url ?? null;
    if (this.needsEventToken() || address === null) await this.signOut();
    else if (/^https?:$/.test(new URL(address, this.document.baseURI).protocol)) {
      this.document.location.assign(address);
    }
  }

  /** Takes note of a 401. A late answer to a key that is no longer used says nothing about the session that there is now. */
  end(problem: Problem, key: string | null): void {
    const lost = this.session()?.kind;
    if (lost === undefined || key !== this.keys.key()) return;
    this.keys.forget();
    this.state.set({ state: 'refused', problem, lost });
  }

  /** @param earlier why a kept key was refused */
  private take({ session, problem }: Answer, earlier: Problem | null): void {
    if (session !== null) this.state.set({ state: 'granted', session });
    else if (problem.status !== UNAUTHORIZED) this.state.set({ state: 'unknown', problem });
    else {
      const now = problem.code === 'CREDENTIALS_MISSING' ? null : problem;
      const lost = earlier === null ? null : 'key';
      this.state.set({ state: 'refused', problem: earlier ?? now, lost });
    }
  }

  private async ask(key: string | null): Promise<Answer> {
    const headers: Record<string, string> = key === null ? {} : { [API_KEY_HEADER]: key };
    try {
      const session = parseSession(await firstValueFrom(this.http.get(API.session, { headers })));
      return { session, problem: null };
    } catch (error) {
      // Expected: the key is refused, or the server is away. The page shows which.
      return { session: null, problem: toProblem(error) };
    }
  }
}
