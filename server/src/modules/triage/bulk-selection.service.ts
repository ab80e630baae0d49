import { Injectable } from '@nestjs/common';
import { ValidationFailedError } from '../../common/http.errors';
import { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingsService } from '../findings/findings.service';
import { filtersOf } from '../findings/lists/finding-selection';
import { ScansService } from '../scans/scans.service';
import type { BulkSelectionDto } from './dto/bulk-decision.dto';
import { KnownFindings } from './known-findings.repository';

export interface BulkSelection {
  /** Each once. */
  readonly fingerprints: readonly string[];
  readonly unknown: readonly string[];
}

/** Which findings a decision about many is about. */
@Injectable()
export class BulkSelections {
  constructor(
    private readonly scans: ScansService,
    private readonly findings: FindingsService,
    private readonly known: KnownFindings,
  ) {}

  /**
   * Those listed, or those of a scan that match.
   * @throws ValidationFailedError unless exactly one of them is given. @throws ScanNotFoundError, ScanNotCompletedError
   */
  async of(
    { scan_id: scanId, ...filters }: BulkSelectionDto,
    listed: readonly string[] | undefined,
  ): Promise<BulkSelection> {
    if ((scanId === undefined) === (listed === undefined)) {
      const message = 'fingerprints must be given, or else scan_id in the query, and not both';
      throw new ValidationFailedError([{ loc: 'fingerprints', message }]);
    }
    const query = Object.assign(new FindingListQueryDto(), filters);
    if (scanId !== undefined) {
      return { fingerprints: await this.matching(scanId, query), unknown: [] };
    }
    const [filter] = filtersOf(query);
    if (filter !== undefined) {
      const message = `${filter} narrows the findings of a scan, and no scan_id is given`;
      throw new ValidationFailedError([{ loc: filter, message }]);
    }
    const asked = [...new Set(listed)];
    const unknown = await this.known.unknownOf(asked);
    return { fingerprints: asked.filter((one) => !unknown.includes(one)), unknown };
  }

  private async matching(scanId: string, query: FindingListQueryDto): Promise<string[]> {
    const found = new Set<string>();
    const scan = await this.scans.listed(scanId);
    for await (const some of this.findings.fingerprints(scan, query)) {
      for (const fingerprint of some) found.add(fingerprint);
    }
    return [...found];
  }
}
