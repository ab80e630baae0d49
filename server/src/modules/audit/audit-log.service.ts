import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditSubjectType, JsonObject } from '@securescan/contracts';
import { DefectError } from '@securescan/core';
import type { Fields } from '../../common/fields';
import { hashOfRow } from '../../database/chain-hash';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import { lastingDetails, lastingName } from './audit-details';
import { AuditLogEntity } from './audit-log.entity';
import { RetentionEntity } from './retention.entity';

/** What was done, and on what. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly subjectType: AuditSubjectType;
  /** `null` where there is but one of its type. */
  readonly subjectId: string | null;
  /** What helps to understand it later, when the subject may be gone. */
  readonly details: JsonObject;
}

interface Link {
  readonly seq: number;
  readonly hash: string;
}

/** Whom the log names for what the server does by itself. */
export const THE_SERVER: Actor = {
  kind: 'open',
  subject: '',
  name: 'server',
  email: null,
  requestId: null,
  address: null,
};

/** Writes down who did what. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly clock: Clock,
  ) {}

  /** Writes an entry in the unit of work that makes the change, so that there is never one without the other. */
  async record(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
    const last = await lastLink(tx);
    const details = lastingDetails(entry.details);
    const row: Omit<Fields<AuditLogEntity>, 'hash'> = {
      seq: last.seq + 1,
      occurredAt: this.clock.now().toISOString(),
      action: entry.action,
      principalId: await this.principals.idOf(tx, actor),
      actor: lastingName(actor.name),
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      details,
      requestId: actor.requestId,
      remoteAddress: actor.address,
      previousHash: last.hash,
    };
    const hash = hashOfRow({
      seq: row.seq,
      occurred_at: row.occurredAt,
      action: row.action,
      principal_id: row.principalId,
      actor: row.actor,
      subject_type: row.subjectType,
      subject_id: row.subjectId,
      details_json: JSON.stringify(details),
      request_id: row.requestId,
      remote_address: row.remoteAddress,
      previous_hash: row.previousHash,
    });
    // Its own type of what may be inserted does not end in the details, which nest without end.
    await tx.manager.insert<object>(AuditLogEntity, { ...row, hash });
  }
}

/** The row that the next one continues, or what retention has left of it. */
async function lastLink(tx: Transaction): Promise<Link> {
  const [last] = await tx.manager.find(AuditLogEntity, {
    select: { seq: true, hash: true },
    order: { seq: 'DESC' },
    take: 1,
  });
  if (last !== undefined) return last;
  const retention = await tx.manager.findOneBy(RetentionEntity, { id: 1 });
  if (retention === null) {
    throw new DefectError('INVARIANT_BROKEN', 'The row that governs retention is gone.');
  }
  return { seq: retention.auditAnchorSeq, hash: retention.auditAnchorHash };
}
