import { Injectable } from '@nestjs/common';
import type { FindingVerdictsBody, VerdictChangeBody } from '@securescan/contracts';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, type PageQueryDto, totalOf } from '../../common/pagination';
import { KnownFindings } from './known-findings.repository';
import { VerdictHistory } from './verdict-history.repository';
import { VerdictsService } from './verdicts.service';

/** What there is to know about the verdicts on one finding. */
@Injectable()
export class VerdictLookup {
  constructor(
    private readonly verdicts: VerdictsService,
    private readonly history: VerdictHistory,
    private readonly known: KnownFindings,
  ) {}

  /** @throws FindingNotFoundError */
  async state(fingerprint: string, project: string | null): Promise<FindingVerdictsBody> {
    await this.known.assertKnown(fingerprint);
    return this.verdicts.verdictsOn(fingerprint, project);
  }

  /** Newest first. @throws FindingNotFoundError */
  async changes(
    fingerprint: string,
    { limit, cursor }: PageQueryDto,
  ): Promise<Page<VerdictChangeBody>> {
    await this.known.assertKnown(fingerprint);
    const list = `verdict-history:${fingerprint}`;
    const before = cursor === undefined ? null : Number(decodeCursor(list, ['number'], cursor)[0]);
    const found = await this.history.page(fingerprint, before, limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.history.count(fingerprint, COUNT_LIMIT);
    return new Page(
      shown,
      last === undefined ? null : encodeCursor(list, [last.seq]),
      totalOf(count),
    );
  }
}
