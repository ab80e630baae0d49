import type { CallerKind, Scope } from '@securescan/contracts';
import 'fastify';

/** Who calls, as the credentials of a request say. */
export interface Caller {
  readonly kind: CallerKind;
  /** The key's id, the name that the SSO proxy gives, `env`; empty for `open`. With `kind` it is who this is. */
  readonly subject: string;
  /** To be shown. */
  readonly name: string;
  readonly email: string | null;
  readonly scopes: readonly Scope[];
  /** ISO 8601, when these credentials end by themselves; `null` for never. */
  readonly expiresAt: string | null;
}

/** Who did something, for the rows that say so. */
export interface Actor extends Omit<Caller, 'scopes' | 'expiresAt'> {
  /** `null` for what no request asked for. */
  readonly requestId: string | null;
  /** The address that the request came from. */
  readonly address: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any route runs; absent on public routes that nobody has to be recognised for. */
    caller?: Caller;
    /** The socket's address, or what a trusted proxy saw. */
    clientAddress?: string;
  }
}
