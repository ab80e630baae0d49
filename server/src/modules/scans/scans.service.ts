import { Injectable } from '@nestjs/common';
import type {
  FindingWithStateBody,
  ScanBody,
  ScanStatus,
  ScanSummaryBody,
} from '@securescan/contracts';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { EXACT_TOTAL_LIMIT, Page } from '../../common/pagination';
import type { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingsService } from '../findings/findings.service';
import type { ScanListQueryDto } from './dto/scan-list.dto';
import { type ScanRecord, toScanBody, toSummaryBody } from './scan.mapper';
import { ScanNotFoundError } from './scans.errors';
import { type ScanFilter, type ScanPosition, ScansRepository } from './scans.repository';

const LIST = 'scans';

/** What there is to know about scans. */
@Injectable()
export class ScansService {
  constructor(
    private readonly scans: ScansRepository,
    private readonly findings: FindingsService,
  ) {}

  /** @throws ScanNotFoundError */
  async get(id: string): Promise<ScanBody> {
    return toScanBody(await this.record(id));
  }

  /** For whoever needs no more of it. @throws ScanNotFoundError */
  async status(id: string): Promise<ScanStatus> {
    const status = await this.scans.statusOf(id);
    if (status === null) throw new ScanNotFoundError();
    return status;
  }

  /** @throws ScanNotFoundError */
  async summary(id: string): Promise<ScanSummaryBody> {
    return toSummaryBody(await this.record(id));
  }

  /** Newest first. */
  async page(query: ScanListQueryDto): Promise<Page<ScanBody>> {
    const filter: ScanFilter = { status: query.status ?? null, project: query.project ?? null };
    const records = await this.scans.page(filter, positionOf(query.cursor), query.limit + 1);
    const shown = records.slice(0, query.limit);
    const last = records.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.scans.count(filter, EXACT_TOTAL_LIMIT + 1);
    return new Page(
      shown.map(toScanBody),
      last === undefined ? null : encodeCursor(LIST, [last.scan.createdAt, last.scan.id]),
      { count: Math.min(count, EXACT_TOTAL_LIMIT), isExact: count <= EXACT_TOTAL_LIMIT },
    );
  }

  /** In canonical order; empty until the scan has completed. @throws ScanNotFoundError */
  async findingsPage(id: string, query: FindingListQueryDto): Promise<Page<FindingWithStateBody>> {
    const { scan } = await this.record(id);
    if (scan.status !== 'completed') return new Page([], null, { count: 0, isExact: true });
    return this.findings.page(scan, query);
  }

  private async record(id: string): Promise<ScanRecord> {
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    return record;
  }
}

function positionOf(cursor: string | undefined): ScanPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(LIST, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
