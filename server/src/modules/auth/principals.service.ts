import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { Actor } from './caller';
import { PrincipalEntity, type PrincipalKind } from './principal.entity';

type Identity = Pick<Actor, 'kind' | 'subject' | 'name' | 'email'>;
type Recognised = Identity & { readonly kind: PrincipalKind };

/** The rows that verdicts, comments and the audit log refer to. */
@Injectable()
export class PrincipalsService {
  constructor(private readonly clock: Clock) {}

  /** The row of whoever acts, made if there is none; `null` where nobody has to be recognised. */
  async idOf(tx: Transaction, actor: Identity): Promise<string | null> {
    const { kind } = actor;
    return kind === 'open' ? null : this.ensure(tx, { ...actor, kind });
  }

  /** The row of somebody who can be recognised, made if there is none and with the name as it is now. */
  async ensure(tx: Transaction, identity: Recognised): Promise<string> {
    const { kind, subject, name, email } = identity;
    const known = await tx.manager.findOneBy(PrincipalEntity, { kind, subject });
    if (known === null) return this.insert(tx, identity);
    if (known.displayName !== name || known.email !== email) {
      await tx.manager.update(PrincipalEntity, known.id, { displayName: name, email });
    }
    return known.id;
  }

  private async insert(
    tx: Transaction,
    { kind, subject, name, email }: Recognised,
  ): Promise<string> {
    const id = globalThis.crypto.randomUUID();
    const now = this.clock.now().toISOString();
    await tx.manager.insert(PrincipalEntity, {
      id,
      kind,
      subject,
      displayName: name,
      email,
      createdAt: now,
      lastSeenAt: now,
    });
    return id;
  }
}
