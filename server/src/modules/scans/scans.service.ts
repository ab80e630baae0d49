import { Injectable } from '@nestjs/common';
import type {
  FindingWithStateBody,
  ScanBody,
  ScanOrigin,
  ScanStatus,
  ScanSummaryBody,
} from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import type { Transaction } from '../../domain-events/unit-of-work';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import type { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingsService } from '../findings/findings.service';
import type { ListedScan } from '../findings/lists/listed-scan';
import type { ScanListQueryDto } from './dto/scan-list.dto';
import { type ScanRecord, toScanBody, toSummaryBody } from './scan.mapper';
import { ScanNotCompletedError, ScanNotFoundError } from './scans.errors';
import { type ScanFilter, type ScanPosition, ScansRepository } from './scans.repository';

const DIGEST_LENGTH = 16;

/** A scan that has completed, maybe in the same unit, with when it really began; `null` where that was before it was noted. */
export interface BegunScan extends ListedScan {
  readonly origin: ScanOrigin;
  readonly begunAt: string | null;
}

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

  /** `null` where there is none, or it has been deleted. */
  async find(id: string): Promise<ScanRecord | null> {
    return this.scans.find(id);
  }

  /** A scan whose findings count. @throws ScanNotFoundError @throws ScanNotCompletedError */
  async completed(id: string): Promise<ScanRecord> {
    const record = await this.record(id);
    const { status } = record.scan;
    if (status !== 'completed') throw new ScanNotCompletedError(status);
    return record;
  }

  /** What lists of a completed scan's findings ask for. @throws ScanNotFoundError @throws ScanNotCompletedError */
  async listed(id: string): Promise<ListedScan> {
    return toListedScan(await this.completed(id));
  }

  /** For whoever reacts to its completion. `null` for one that was deleted or has not completed. */
  async begun(tx: Transaction, id: string): Promise<BegunScan | null> {
    const scan = await this.scans.rowIfThere(tx, id);
    if (scan?.status !== 'completed' || scan.hiddenAt !== null) return null;
    const { project, origin, begunAt, findingsCount, suppressedCount } = scan;
    return { id, project, origin, begunAt, findingsCount, suppressedCount };
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
    const filter: ScanFilter = {
      status: query.status ?? null,
      project: query.project ?? null,
      createdAfter: query.created_after ?? null,
      createdBefore: query.created_before ?? null,
    };
    const list = `scans:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const records = await this.scans.page(filter, positionOf(query.cursor, list), query.limit + 1);
    const shown = records.slice(0, query.limit);
    const last = records.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.scans.count(filter, COUNT_LIMIT);
    return new Page(
      shown.map(toScanBody),
      last === undefined ? null : encodeCursor(list, [last.scan.createdAt, last.scan.id]),
      totalOf(count),
    );
  }

  /** Empty until the scan has completed. @throws ScanNotFoundError */
  async findingsPage(id: string, query: FindingListQueryDto): Promise<Page<FindingWithStateBody>> {
    return this.findings.page(toListedScan(await this.record(id)), query);
  }

  /**
   * What a list holds from its cursor on, as lines of JSON in pieces; nothing until the scan has completed. It ends with an
   * error where the scan was deleted meanwhile: half a list must not look like a whole one. @throws ScanNotFoundError
   */
  async findingLines(id: string, query: FindingListQueryDto): Promise<AsyncIterable<string>> {
    const lines = await this.findings.lines(toListedScan(await this.record(id)), query);
    return this.whileVisible(id, lines);
  }

  private async *whileVisible(id: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
    yield* pieces;
    await this.record(id);
  }

  private async record(id: string): Promise<ScanRecord> {
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    return record;
  }
}

/** What is written before the scan completes does not count yet, so there is nothing to list. */
function toListedScan({ scan }: ScanRecord): ListedScan {
  const { id, project } = scan;
  const isCompleted = scan.status === 'completed';
  return {
    id,
    project,
    findingsCount: isCompleted ? scan.findingsCount : 0,
    suppressedCount: isCompleted ? scan.suppressedCount : 0,
  };
}

function positionOf(cursor: string | undefined, list: string): ScanPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(list, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
