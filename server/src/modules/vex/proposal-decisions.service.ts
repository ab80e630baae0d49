import { Injectable } from '@nestjs/common';
import type {
  ProposalAcceptanceBody,
  ProposalAcceptanceRequestBody,
  ProposalDecisionsBody,
  VerdictProposalBody,
} from '@securescan/contracts';
import { ValidationFailedError } from '../../common/http.errors';
import { instant } from '../../config/setting';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import type { Actor } from '../auth/caller';
import { ProposalLists } from './proposal-lists.service';
import { type ProposalDecision, ProposalWriter } from './proposal-writer.service';
import { ProposalNotFoundError, ProposalNotOpenError, VerdictChangedError } from './vex.errors';
import { type ProposalRow, VerdictProposals } from './verdict-proposals.repository';

/** A unit holds the only writing connection, so it is kept short. */
const PROPOSALS_PER_UNIT = 50;

/** What people decide about proposals: no verdict changes without one of them. */
@Injectable()
export class ProposalDecisions {
  constructor(
    private readonly proposals: VerdictProposals,
    private readonly lists: ProposalLists,
    private readonly writer: ProposalWriter,
    private readonly units: UnitOfWork,
  ) {}

  /**
   * Decides as is proposed, and replaces whatever was decided in that place.
   * @throws ProposalNotFoundError @throws ProposalNotOpenError @throws VerdictChangedError
   * @throws ValidationFailedError
   */
  async accept(
    id: string,
    request: ProposalAcceptanceRequestBody,
    actor: Actor,
  ): Promise<ProposalAcceptanceBody> {
    const expected = expectedOf(request.expected_updated_at);
    const replaced = await this.units.run(async (tx) => {
      const row = await this.open(tx, id);
      if (expected !== undefined) {
        const standing = await this.writer.standing(tx, row);
        if ((standing?.updated_at ?? null) !== expected) throw new VerdictChangedError();
      }
      return this.writer.decide(tx, row, 'accepted', actor);
    });
    return { proposal: await this.shown(id), replaced };
  }

  /** @throws ProposalNotFoundError @throws ProposalNotOpenError */
  async reject(id: string, actor: Actor): Promise<VerdictProposalBody> {
    await this.units.run(async (tx) => {
      await this.writer.decide(tx, await this.open(tx, id), 'rejected', actor);
    });
    return this.shown(id);
  }

  /** Decides about many in steps, each of them whole: whoever was cut off may ask again. */
  async decideAll(
    listed: readonly string[],
    decision: ProposalDecision,
    actor: Actor,
  ): Promise<ProposalDecisionsBody> {
    const ids = [...new Set(listed)];
    const result: ProposalDecisionsBody = { decided: [], not_open: [], unknown: [], replaced: 0 };
    for (let start = 0; start < ids.length; start += PROPOSALS_PER_UNIT) {
      const some = ids.slice(start, start + PROPOSALS_PER_UNIT);
      const part = await this.units.run((tx) => this.decideSome(tx, some, decision, actor));
      result.decided.push(...part.decided);
      result.not_open.push(...part.not_open);
      result.unknown.push(...part.unknown);
      result.replaced += part.replaced;
    }
    return result;
  }

  private async decideSome(
    tx: Transaction,
    ids: readonly string[],
    decision: ProposalDecision,
    actor: Actor,
  ): Promise<ProposalDecisionsBody> {
    const result: ProposalDecisionsBody = { decided: [], not_open: [], unknown: [], replaced: 0 };
    const rows = new Map(
      (await this.proposals.withIds(ids, tx.manager)).map((row) => [row.id, row]),
    );
    for (const id of ids) {
      const row = rows.get(id);
      if (row?.state !== 'open') {
        (row === undefined ? result.unknown : result.not_open).push(id);
        continue;
      }
      const replaced = await this.writer.decide(tx, row, decision, actor);
      result.decided.push(id);
      if (replaced !== null) result.replaced += 1;
    }
    return result;
  }

  private async open(tx: Transaction, id: string): Promise<ProposalRow> {
    const [row] = await this.proposals.withIds([id], tx.manager);
    if (row === undefined) throw new ProposalNotFoundError();
    if (row.state !== 'open') throw new ProposalNotOpenError(row.state);
    return row;
  }

  private async shown(id: string): Promise<VerdictProposalBody> {
    const row = await this.proposals.withIds([id]);
    const [body] = await this.lists.withVerdicts(row);
    if (body === undefined) throw new ProposalNotFoundError();
    return body;
  }
}

/** When the verdict that a caller saw was decided, as rows hold it; `undefined` where they do not say. */
function expectedOf(text: string | null | undefined): string | null | undefined {
  if (typeof text !== 'string') return text;
  const parsed = instant(text);
  if ('value' in parsed) return parsed.value.toISOString();
  const loc = 'expected_updated_at';
  throw new ValidationFailedError([{ loc, message: `${loc} ${parsed.problem}` }]);
}
