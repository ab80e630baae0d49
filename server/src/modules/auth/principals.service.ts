import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { Actor } from './caller';
import { PrincipalEntity } from './principal.entity';

type Identity = Pick<Actor, 'kind' | 'subject' | 'name' | 'email'>;

/** The rows that verdicts, comments and the audit log refer to. */
@Injectable()
export class PrincipalsService {
  constructor(private readonly clock: Clock) {}

  /** The row of whoever acts, made if there is none; `null` where nobody has to be recognised. */
  async idOf(tx: Transaction, actor: Identity): Promise<string | null> {
    const { kind, subject, name, email } = actor;
    if (kind === 'open') return null;
    const known = await tx.manager.findOneBy(PrincipalEntity, { kind, subject });
    if (known === null) return this.insert(tx, { ...actor, kind });
    if (known.displayName !== name || known.email !== email) {
      await tx.manager.update(PrincipalEntity, known.id, { displayName: name, email });
    }
    return known.id;
  }

  private async insert(
    tx: Transaction,
    { kind, subject, name, email }: Identity & Pick<PrincipalEntity, 'kind'>,
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
