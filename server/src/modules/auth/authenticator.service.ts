import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Injectable } from '@nestjs/common';
import { SCOPES } from '@securescan/contracts';
import { sameBytes } from '../../common/same-bytes';
import { AuthConfig } from '../../config/auth.config';
import { SsoConfig } from '../../config/sso.config';
import { ApiKeyVerifier, type KeyRefusal } from '../api-keys/api-key-verifier';
import { AccessMode } from '../instance/access-mode.service';
import {
  CannotAuthenticateError,
  CredentialsInvalidError,
  CredentialsMissingError,
  EventTokenInvalidError,
  IdentityRefusedError,
} from './auth.errors';
import type { Caller } from './caller';
import { EventTokens } from './event-tokens';
import { type ProxiedRequest, readSsoIdentity, scopesOfGroups } from './sso-identity.policy';

/** Everything in a request that may say who sent it. */
export interface ShownCredentials extends ProxiedRequest {
  readonly key: string | null;
  /** With the scan that it must be good for. */
  readonly eventToken: { readonly token: string; readonly scanId: string } | null;
}

const ANYBODY: Caller = {
  kind: 'open',
  subject: '',
  name: 'anybody on this machine',
  email: null,
  scopes: SCOPES,
  expiresAt: null,
};

const ENVIRONMENT: Caller = {
  kind: 'env',
  subject: 'env',
  name: 'environment key',
  email: null,
  scopes: SCOPES,
  expiresAt: null,
};

/** Says who sent a request, or throws. What is shown decides alone: a wrong key is not made good by anything else. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly config: AuthConfig,
    private readonly sso: SsoConfig,
    private readonly keys: ApiKeyVerifier,
    private readonly tokens: EventTokens,
    private readonly mode: AccessMode,
  ) {}

  /** @throws the errors of auth.errors.ts with status 401, and CannotAuthenticateError where we cannot tell. */
  async identify(shown: ShownCredentials): Promise<Caller> {
    if (shown.eventToken !== null) return this.byEventToken(shown.eventToken);
    if (shown.key !== null) return this.byKey(shown.key);
    const reading = readSsoIdentity(shown, this.sso);
    if (reading.kind === 'refused') throw new IdentityRefusedError(reading.reason);
    if (reading.kind === 'identity') {
      const { user, email, groups } = reading.identity;
      const scopes = scopesOfGroups(groups, this.sso.groupScopes);
      return { kind: 'sso', subject: user, name: user, email, scopes, expiresAt: null };
    }
    if (this.mode.isOpen) return ANYBODY;
    throw new CredentialsMissingError();
  }

  private async byKey(presented: string): Promise<Caller> {
    if (this.isEnvironmentKey(presented)) return ENVIRONMENT;
    const found = await this.asked(() => this.keys.verify(presented));
    if (typeof found === 'string') throw new CredentialsInvalidError(found);
    return found;
  }

  private async byEventToken({
    token,
    scanId,
  }: NonNullable<ShownCredentials['eventToken']>): Promise<Caller> {
    const claims = this.tokens.read(token);
    if (claims?.scanId !== scanId) throw new EventTokenInvalidError();
    const holder = await this.holderOf(claims.kind, claims.subject);
    if (holder === null) throw new EventTokenInvalidError();
    return holder;
  }

  private async holderOf(kind: 'open' | 'env' | 'key', subject: string): Promise<Caller | null> {
    if (kind === 'open') return this.mode.isOpen ? ANYBODY : null;
    if (kind === 'env') return this.config.apiKey === null ? null : ENVIRONMENT;
    const holder = await this.asked(() => this.keys.holderOf(subject));
    return typeof holder === 'string' ? null : holder;
  }

  /** Compared as bytes: Node hands over a header as Latin-1, and the environment may hold any text. */
  private isEnvironmentKey(presented: string): boolean {
    const { apiKey } = this.config;
    return apiKey !== null && sameBytes(Buffer.from(presented, 'latin1'), utf8ToBytes(apiKey));
  }

  private async asked(ask: () => Promise<Caller | KeyRefusal>): Promise<Caller | KeyRefusal> {
    try {
      return await ask();
    } catch (error) {
      // Expected: a database that was moved, is locked or has no descriptors left. Nobody is let in for that.
      throw new CannotAuthenticateError(error);
    }
  }
}
