import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../domain-events/unit-of-work';
import { lastingName } from '../audit/audit-details';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import type { Author } from './verdict-row';

/** Whom verdicts and comments name. */
@Injectable()
export class Authors {
  constructor(private readonly principals: PrincipalsService) {}

  /** Whoever calls; the name that a caller gives counts only where nobody has to be recognised. */
  async of(tx: Transaction, actor: Actor, claimed: string | null | undefined): Promise<Author> {
    const principalId = await this.principals.idOf(tx, actor);
    const isClaimed = actor.kind === 'open' && typeof claimed === 'string';
    return { name: lastingName(isClaimed ? claimed : actor.name), principalId };
  }
}
