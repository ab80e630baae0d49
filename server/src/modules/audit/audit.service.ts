import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditEntryBody, AuditSubjectType } from '@securescan/contracts';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import type { AuditListQueryDto } from './audit.dto';
import type { AuditLogEntity } from './audit-log.entity';
import { type AuditFilter, type AuditPosition, AuditRepository } from './audit.repository';

const LIST = 'audit';
/** As principals are numbered. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the audit log holds. */
@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  /** Newest first. */
  async page(query: AuditListQueryDto): Promise<Page<AuditEntryBody>> {
    const filter = filterOf(query);
    const found = await this.entries.page(filter, positionOf(query.cursor), query.limit + 1);
    const shown = found.slice(0, query.limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.entries.count(filter, COUNT_LIMIT);
    return new Page(
      shown.map(toBody),
      last === undefined ? null : encodeCursor(LIST, [last.occurredAt, last.seq]),
      totalOf(count),
    );
  }
}

function filterOf(query: AuditListQueryDto): AuditFilter {
  const principal = query.principal ?? null;
  const isId = principal !== null && UUID.test(principal);
  return {
    subjectId: query.subject_id ?? null,
    principalId: isId ? principal : null,
    actor: isId ? null : principal,
    action: query.action ?? null,
    subjectType: query.subject_type ?? null,
    since: query.since ?? null,
    until: query.until ?? null,
  };
}

function positionOf(cursor: string | undefined): AuditPosition | null {
  if (cursor === undefined) return null;
  const [occurredAt, seq] = decodeCursor(LIST, ['string', 'number'], cursor);
  return { occurredAt: String(occurredAt), seq: Number(seq) };
}

function toBody(entry: AuditLogEntity): AuditEntryBody {
  return {
    seq: entry.seq,
    occurred_at: entry.occurredAt,
    action: entry.action as AuditAction,
    actor: entry.actor,
    principal_id: entry.principalId,
    subject_type: entry.subjectType as AuditSubjectType,
    subject_id: entry.subjectId,
    details: entry.details,
    request_id: entry.requestId,
    remote_address: entry.remoteAddress,
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}
