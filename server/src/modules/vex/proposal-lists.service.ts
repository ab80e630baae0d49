import { Injectable } from '@nestjs/common';
import type { FindingStateBody, VerdictProposalBody } from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import { VerdictsService } from '../triage/verdicts.service';
import type { ProposalListQueryDto } from './dto/proposal.dto';
import { toProposalBody } from './proposal.mapper';
import {
  type ProposalPosition,
  type ProposalRow,
  VerdictProposals,
} from './verdict-proposals.repository';

const DIGEST_LENGTH = 16;
/** No project has the empty name, so no verdict is a project's own. */
const NO_PROJECT = '';

/** What others propose, each beside the verdict that counts now. */
@Injectable()
export class ProposalLists {
  constructor(
    private readonly proposals: VerdictProposals,
    private readonly verdicts: VerdictsService,
  ) {}

  /** Newest first. */
  async page(query: ProposalListQueryDto): Promise<Page<VerdictProposalBody>> {
    const { limit, cursor } = query;
    const filter = {
      state: query.state ?? null,
      project: query.project ?? null,
      fingerprint: query.fingerprint ?? null,
    };
    const list = `proposals:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const found = await this.proposals.page(filter, positionOf(cursor, list), limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.proposals.count(filter, COUNT_LIMIT);
    return new Page(
      await this.withVerdicts(shown),
      last === undefined ? null : encodeCursor(list, [last.createdAt, last.id]),
      totalOf(count),
    );
  }

  /** As lists show them, in the same order. */
  async withVerdicts(rows: readonly ProposalRow[]): Promise<VerdictProposalBody[]> {
    const current = new Map<ProposalRow, FindingStateBody | null>();
    for (const project of new Set(rows.map((row) => row.project))) {
      const some = rows.filter((row) => row.project === project);
      const fingerprints = [...new Set(some.map((row) => row.fingerprint))];
      const verdicts = await this.verdicts.verdictsFor(project ?? NO_PROJECT, fingerprints);
      for (const row of some) current.set(row, verdicts.get(row.fingerprint) ?? null);
    }
    return rows.map((row) => toProposalBody(row, current.get(row) ?? null));
  }
}

function positionOf(cursor: string | undefined, list: string): ProposalPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(list, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
