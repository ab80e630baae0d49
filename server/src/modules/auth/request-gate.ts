import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDeniedError } from '../../common/http.errors';
import { refusalOfCaller } from '../../common/local-caller.policy';
import { pathOf } from '../../common/request-context';
import type { RouteAccess } from '../../common/scope.decorator';
import { HttpConfig } from '../../config/http.config';
import { SsoConfig } from '../../config/sso.config';
import { AccessMode } from '../instance/access-mode.service';
import {
  CredentialsInvalidError,
  CsrfRefusedError,
  IdentityRefusedError,
  ScopeMissingError,
} from './auth.errors';
import { Authenticator, type ShownCredentials } from './authenticator.service';
import type { Caller } from './caller';
import { refusalOfStateChange } from './csrf.policy';
import { presentedKey } from './presented-credentials';
import { RateLimiter } from './rate-limiter';
import { clientAddressOf } from './sso-identity.policy';

const API = /^\/api(?:\/|$)/;

/** Judges a request before its body is read: who sends it, whether they may, and whether they ask too much. */
@Injectable()
export class RequestGate {
  constructor(
    private readonly mode: AccessMode,
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
    private readonly http: HttpConfig,
    private readonly sso: SsoConfig,
  ) {}

  /** What nobody gets past, whatever they ask for. While everybody may do everything, only this machine may ask. */
  refuseStrangers(request: FastifyRequest): void {
    request.clientAddress = clientAddressOf(proxiedOf(request), this.sso);
    if (!this.mode.isOpen) return;
    const { headers } = request;
    const facts = {
      host: headers.host,
      origin: headers.origin,
      headerNames: Object.keys(headers),
    };
    const refusal = refusalOfCaller(facts, this.http.corsOrigins);
    if (refusal !== null) throw new AccessDeniedError(refusal);
  }

  /** Recognises the caller of the API and lets them pass, or throws. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const access = accessOf(request);
    if (access?.scope === 'public' || isPreflight(request) || !isOfApi(request)) return;
    const caller = await this.identify(request, access);
    request.caller = caller;
    if (caller.kind === 'sso') this.refuseForgery(request);
    refuseWithoutScope(caller, access);
    const { headers, refusal } = this.limiter.charge(caller, access?.cost ?? 0);
    void reply.headers(headers);
    if (refusal !== null) throw refusal;
  }

  private async identify(
    request: FastifyRequest,
    access: RouteAccess | undefined,
  ): Promise<Caller> {
    const address = request.clientAddress ?? '';
    const shown = shownBy(request, access);
    const isTry = shown.key !== null || shown.eventToken !== null;
    if (isTry && !isHardToGuess(shown)) this.limiter.assertMayTry(address);
    try {
      return await this.authenticator.identify(shown);
    } catch (error) {
      if (isGuess(error)) {
        this.limiter.assertMayTry(address);
        this.limiter.noteFailure(address);
      }
      throw error;
    }
  }

  private refuseForgery({ method, headers }: FastifyRequest): void {
    const sent = {
      method,
      origin: headers.origin,
      fetchSite: textOf(headers['sec-fetch-site']),
      csrfHeader: textOf(headers['x-securescan-csrf']),
    };
    const refusal = refusalOfStateChange(sent, this.http.publicUrl ?? '');
    if (refusal !== null) throw new CsrfRefusedError(refusal);
  }
}

/**
 * Whether a failure is that of somebody who tries. Who shows a key that worked once, or a token of ours that is over, has only not
 * heard of it yet; neither can be guessed.
 */
function isGuess(error: unknown): boolean {
  if (error instanceof CredentialsInvalidError) return error.reason === 'unknown';
  return error instanceof IdentityRefusedError;
}

/** A key of ours has 192 random bits: to try one costs nothing, and neighbours of a guesser keep theirs. */
function isHardToGuess({ key, eventToken }: ShownCredentials): boolean {
  return eventToken !== null || (key?.startsWith('ssk_') ?? false);
}

function refuseWithoutScope(caller: Caller, access: RouteAccess | undefined): void {
  const scope = access?.scope;
  if (scope === undefined || scope === 'authenticated' || scope === 'public') return;
  if (!caller.scopes.includes(scope)) throw new ScopeMissingError(scope, caller.scopes);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** A browser asks by it whether it may ask; it never carries credentials. */
function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/**
 * By the route that the router has found, and never by the address as it was written: that can be spelt in many ways. Where
 * there is no route, its words decide whether a stranger may hear so.
 */
function isOfApi(request: FastifyRequest): boolean {
  return API.test(request.routeOptions.url ?? pathOf(request.url));
}

function accessOf(request: FastifyRequest): RouteAccess | undefined {
  const config = request.routeOptions.config as { readonly access?: RouteAccess };
  return config.access;
}

function proxiedOf({ raw }: FastifyRequest): ShownCredentials {
  return {
    peer: raw.socket.remoteAddress ?? '',
    rawHeaders: raw.rawHeaders,
    key: null,
    eventToken: null,
  };
}

function shownBy(request: FastifyRequest, access: RouteAccess | undefined): ShownCredentials {
  const shown = { ...proxiedOf(request), key: presentedKey(request.headers) };
  const token: unknown = (request.query as Record<string, unknown>)['event_token'];
  if (access?.takesEventToken !== true || typeof token !== 'string' || token === '') return shown;
  const { id = '' } = request.params as { readonly id?: string };
  return { ...shown, eventToken: { token, scanId: id } };
}
