import { Injectable } from '@nestjs/common';
import type { FindingStateBody } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { AcceptedVerdicts } from '../triage/accepted-verdicts.service';
import { Authors } from '../triage/authors.service';
import { noteOf } from './proposal.mapper';
import { type ProposalRow, VerdictProposals } from './verdict-proposals.repository';

export type ProposalDecision = 'accepted' | 'rejected';

/** Writes what somebody decides about a proposal: its state, the verdict and who did it are one. */
@Injectable()
export class ProposalWriter {
  constructor(
    private readonly proposals: VerdictProposals,
    private readonly verdicts: AcceptedVerdicts,
    private readonly authors: Authors,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The verdict that accepting would replace; `null` for none. */
  async standing(tx: Transaction, row: ProposalRow): Promise<FindingStateBody | null> {
    return this.verdicts.standing(tx, row, this.now());
  }

  /** @returns the verdict that is replaced; `null` for none. */
  async decide(
    tx: Transaction,
    row: ProposalRow,
    state: ProposalDecision,
    actor: Actor,
  ): Promise<FindingStateBody | null> {
    const at = this.now();
    const by = await this.authors.of(tx, actor, null);
    const decision = { state, decidedAt: at, decidedBy: by.name, deciderId: by.principalId };
    await this.proposals.decide(tx, row.id, decision);
    const { fingerprint, project, status, reason } = row;
    const verdict = { fingerprint, project, status, reason, note: noteOf(row) };
    const replaced =
      state === 'accepted' ? await this.verdicts.write(tx, verdict, { at, by }) : null;
    await this.audit.record(tx, actor, {
      action: `proposal.${state}`,
      subjectType: 'proposal',
      subjectId: row.id,
      details: {
        fingerprint,
        project,
        from_status: replaced?.status ?? null,
        to_status: status,
        reason,
        document: row.documentId,
      },
    });
    return replaced;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
