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
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import type { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingsService } from '../findings/findings.service';
import type { ListedScan } from '../findings/lists/listed-scan';
import type { ScanListQueryDto } from './dto/scan-list.dto';
import { type ScanRecord, toScanBody, toSummaryBody } from './scan.mapper';
import { ScanNotCompletedError, ScanNotFoundError } from './scans.errors';
import { decodePosition, encodePosition, type ScanFilter } from './scan-list';
import { ScansRepository } from './scans.repository';

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

  /** @throws CursorInvalidError for a cursor of another filter or order. */
  async page(query: ScanListQueryDto): Promise<Page<ScanBody>> {
    const { sort, cursor, limit } = query;
    const filter = filterOf(query);
    const list = `scans:${sort}:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const after = cursor === undefined ? null : decodePosition(list, cursor);
    const records = await this.scans.page(filter, { sort, after }, limit + 1);
    const shown = records.slice(0, limit);
    const last = records.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.scans.count(filter, COUNT_LIMIT);
    return new Page(
      shown.map(toScanBody),
      last === undefined ? null : encodePosition(list, sort, last.scan),
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

function filterOf(query: ScanListQueryDto): ScanFilter {
  return {
    status: query.status ?? null,
    project: query.project ?? null,
    text: query.q ?? null,
    createdAfter: query.created_after ?? null,
    createdBefore: query.created_before ?? null,
  };
}
