import { Injectable } from '@nestjs/common';
import type { UnmatchedStatementBody, VexReceiptBody } from '@securescan/contracts';
import {
  ClaimIndex,
  type ClaimMatch,
  contentUuid,
  readVex,
  refuseVex,
  type VexClaim,
  type VexSource,
} from '@securescan/core';
import { nextTurn } from '../../common/next-turn';
import { UNIT_ROWS } from '../../database/insert-rows';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { Authors } from '../triage/authors.service';
import { type ClaimedFindings, ClaimedFindingsService } from './claimed-findings.service';
import { toSourceBody } from './proposal.mapper';
import { VexBusyError, VexOutdatedError } from './vex.errors';
import { type ProposalRow, VerdictProposals } from './verdict-proposals.repository';

/** In memory with their whole text. */
const MAX_DOCUMENTS = 4;
/** Statements that are read before others have their turn. */
const CLAIMS_OF_A_TURN = 200;
const MAX_UNMATCHED = 100;
const MAX_PACKAGES = 10;

interface Received {
  readonly source: VexSource;
  /** Of the text. */
  readonly digest: string;
  readonly index: ClaimIndex;
  readonly project: string | null;
}

type ClaimedFinding = readonly [fingerprint: string, match: ClaimMatch];

interface Written {
  created: number;
  known: number;
  superseded: number;
}

/** Takes what others say about vulnerabilities, and makes proposals of it that people decide about. */
@Injectable()
export class VexReceipts {
  private running = 0;
  /** One after the other, so that the same document twice at once makes nothing twice. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly claimed: ClaimedFindingsService,
    private readonly proposals: VerdictProposals,
    private readonly authors: Authors,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Asked again it changes nothing; what was cut off is made whole by asking again.
   * @param project where verdicts would hold; `null` for everywhere. Rejects with UserError VEX_INVALID, VexOutdatedError,
   * VexBusyError; nothing of a document that was refused is stored.
   */
  receive(bytes: Uint8Array, project: string | null, actor: Actor): Promise<VexReceiptBody> {
    if (this.running >= MAX_DOCUMENTS) return Promise.reject(new VexBusyError());
    this.running += 1;
    const result = this.tail
      .then(() => this.take(bytes, project, actor))
      .finally(() => (this.running -= 1));
    // The next one goes on whatever became of this one; its caller is the one who hears of it.
    this.tail = result.catch(() => undefined);
    return result;
  }

  private async take(
    bytes: Uint8Array,
    project: string | null,
    actor: Actor,
  ): Promise<VexReceiptBody> {
    const received = await read(bytes, project);
    const { source, index } = received;
    const newest = await this.proposals.newestVersion(source.documentId, project);
    if (newest !== null && newest > source.version) throw new VexOutdatedError(newest);
    const found = await this.claimed.of(index, project);
    const written = await this.write(received, found, actor);
    const unmatched = index.unmatched();
    const undecided = index.claims.filter(({ proposal }) => proposal === null).length;
    return {
      source: toSourceBody(source),
      statements: index.claims.length,
      matched: index.claims.length - undecided - unmatched.length,
      undecided,
      unmatched: unmatched.length,
      unmatched_statements: unmatched.slice(0, MAX_UNMATCHED).map(toUnmatchedBody),
      ...written,
      scans_considered: found.scansConsidered,
      is_complete: found.isComplete,
    };
  }

  private async write(
    received: Received,
    { matches }: ClaimedFindings,
    actor: Actor,
  ): Promise<Written> {
    const written: Written = { created: 0, known: 0, superseded: 0 };
    const all = [...matches];
    for (let start = 0; start < all.length; start += UNIT_ROWS) {
      const some = all.slice(start, start + UNIT_ROWS);
      const created = await this.units.run((tx) => this.writeSome(tx, received, some, actor));
      written.created += created;
      written.known += some.length - created;
    }
    const { source, digest: documentDigest, project } = received;
    const outdated = { documentId: source.documentId, project, documentDigest, now: this.now() };
    let ended = 0;
    do {
      ended = await this.units.run((tx) => this.proposals.supersedeSome(tx, outdated));
      written.superseded += ended;
    } while (ended === UNIT_ROWS);
    if (written.created + written.superseded > 0) {
      await this.units.run((tx) => this.record(tx, received, written, actor));
    }
    return written;
  }

  /** @returns how many of the proposals were not open before. */
  private async writeSome(
    tx: Transaction,
    received: Received,
    some: readonly ClaimedFinding[],
    actor: Actor,
  ): Promise<number> {
    const by = await this.authors.of(tx, actor, null);
    const named = { createdAt: this.now(), createdBy: by.name, principalId: by.principalId };
    const rows = some.flatMap((entry) => rowOf(received, entry, named));
    const known = await this.proposals.withIds(
      rows.map(({ id }) => id),
      tx.manager,
    );
    const states = new Map(known.map(({ id, state }) => [id, state]));
    const added = rows.filter(({ id }) => !states.has(id));
    await this.proposals.insert(tx, added);
    const [renewal] = rows;
    if (renewal !== undefined) await this.proposals.renew(tx, [...states.keys()], renewal);
    return added.length + known.filter(({ state }) => state === 'superseded').length;
  }

  private async record(
    tx: Transaction,
    { source, project }: Received,
    { created, superseded }: Written,
    actor: Actor,
  ): Promise<void> {
    const { format, version, author } = source;
    await this.audit.record(tx, actor, {
      action: 'vex.received',
      subjectType: 'vex_document',
      subjectId: source.documentId,
      details: { project, format, version, author, created, superseded },
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

async function read(bytes: Uint8Array, project: string | null): Promise<Received> {
  const { source, claims, digest } = readVex(textOf(bytes));
  const index = new ClaimIndex();
  for (const claim of claims) {
    index.add(claim);
    if (index.claims.length % CLAIMS_OF_A_TURN === 0) await nextTurn();
  }
  return { source, digest, index, project };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Expected: UTF-16, something compressed, an image.
    throw refuseVex('it is not UTF-8');
  }
}

/** Only what is decided or who says it makes another proposal: not which version of the document does. */
function rowOf(
  { source, digest, project }: Received,
  [fingerprint, { claim, vulnerability, purl, product }]: ClaimedFinding,
  named: Pick<ProposalRow, 'createdAt' | 'createdBy' | 'principalId'>,
): ProposalRow[] {
  if (claim.proposal === null) return [];
  const { status, reason, note } = claim.proposal;
  const { documentId, format, version, author, issuedAt } = source;
  const content = [documentId, project, fingerprint, status, reason, note, product];
  const row = {
    id: contentUuid([JSON.stringify(content)]),
    project,
    fingerprint,
    status,
    reason,
    note,
    vulnerability,
    purl,
    product,
    format,
    documentId,
    documentVersion: version,
    documentDigest: digest,
    author,
    issuedAt,
    state: 'open' as const,
    ...named,
    decidedAt: null,
    decidedBy: null,
    deciderId: null,
  };
  return [row];
}

function toUnmatchedBody({
  place,
  vulnerabilities,
  packages,
  unread,
}: VexClaim): UnmatchedStatementBody {
  const named = [...packages.map(({ component }) => component.purl), ...unread];
  return { place, vulnerability: vulnerabilities[0] ?? '', packages: named.slice(0, MAX_PACKAGES) };
}
