import { Injectable } from '@nestjs/common';
import type { SbomBody, SbomComponentBody, SbomDiffBody, SbomFormat } from '@securescan/contracts';
import { diffSboms, SBOM_RENDERERS, sha256Hex } from '@securescan/core';
import { readBillText, type BillContent } from '@securescan/host-node';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import type { Fields } from '../../common/fields';
import { nextTurn } from '../../common/next-turn';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import { startedPieces } from '../../common/started-pieces';
import { ScansService } from '../scans/scans.service';
import { type BillFilter, type BillPosition, BillsRepository } from './bills.repository';
import { componentsWith } from './component-search';
import type { SbomComponentsQueryDto, SbomHistoryQueryDto } from './dto/sbom-query.dto';
import type { SbomDocumentEntity } from './sbom-document.entity';
import { SbomNotFoundError, SbomsTooLargeError, ScanWithoutSbomError } from './sbom.errors';
import { toSbomBody } from './sbom.mapper';

type Bill = Fields<SbomDocumentEntity>;

const DIGEST_LENGTH = 16;
/** As they are stored. */
const COMPONENTS_OF_A_PART = 250;
/** Of both bills together. */
const MOST_COMPARED = 120_000;
const MOST_SHOWN = 1_000;

interface Search {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly q: string;
}

/** A document on its way. */
export interface OpenSbom {
  readonly fileName: string;
  readonly mediaType: string;
  readonly pieces: AsyncIterable<string>;
}

/** Stored bills of materials: they are sent as they were made, whatever stands in the tree today. */
@Injectable()
export class SbomService {
  constructor(
    private readonly bills: BillsRepository,
    private readonly scans: ScansService,
  ) {}

  /** @throws SbomNotFoundError */
  async get(id: string): Promise<SbomBody> {
    return toSbomBody(await this.bill(id));
  }

  /** @throws ScanNotFoundError @throws ScanNotCompletedError @throws ScanWithoutSbomError */
  async openOfScan(scanId: string, format: SbomFormat): Promise<OpenSbom> {
    return this.openBill(await this.ofScan(scanId), format, scanId);
  }

  /** The bills of a scan: one, or none. @throws ScanNotFoundError @throws ScanNotCompletedError */
  async allOfScan(scanId: string): Promise<SbomBody[]> {
    await this.scans.completed(scanId);
    const bill = await this.bills.ofScan(scanId);
    return bill === null ? [] : [toSbomBody(bill)];
  }

  /** @throws SbomNotFoundError */
  async open(id: string, format: SbomFormat): Promise<OpenSbom> {
    return this.openBill(await this.bill(id), format, id);
  }

  /** Newest first. */
  async history(query: SbomHistoryQueryDto): Promise<Page<SbomBody>> {
    const filter: BillFilter = {
      project: query.project ?? null,
      targetPath: query.target_path ?? null,
    };
    const list = `sboms:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const bills = await this.bills.page(filter, positionOf(query.cursor, list), query.limit + 1);
    const shown = bills.slice(0, query.limit);
    const last = bills.length > shown.length ? shown.at(-1) : undefined;
    return new Page(
      shown.map(toSbomBody),
      last === undefined ? null : encodeCursor(list, [last.createdAt, last.id]),
      totalOf(await this.bills.count(filter, COUNT_LIMIT)),
    );
  }

  /** What a bill lists, in the order of its documents. @throws SbomNotFoundError */
  async components(id: string, query: SbomComponentsQueryDto): Promise<Page<SbomComponentBody>> {
    const { limit, cursor, q } = query;
    const bill = await this.bill(id);
    if (q !== undefined) return this.found(bill, { limit, cursor, q });
    const { componentCount: count } = bill;
    const list = `sbom:${id}`;
    const first = cursor === undefined ? 0 : Number(decodeCursor(list, ['number'], cursor)[0]);
    const end = Math.min(first + limit, count);
    const items: SbomComponentBody[] = [];
    let part = Math.floor(first / COMPONENTS_OF_A_PART);
    const skipped = part * COMPONENTS_OF_A_PART;
    for (; part * COMPONENTS_OF_A_PART < end; part += 1) {
      items.push(...(await this.listed(id, part)));
    }
    const shown = items.slice(first - skipped, end - skipped);
    return new Page(shown, end < count ? encodeCursor(list, [end]) : null, {
      count,
      isExact: true,
    });
  }

  /** What lies between two bills; each id is that of a bill, or of a scan that has one. @throws SbomNotFoundError @throws SbomsTooLargeError */
  async diff(ids: { readonly base: string; readonly head: string }): Promise<SbomDiffBody> {
    const base = await this.billOrScan(ids.base);
    const head = await this.billOrScan(ids.head);
    const together = base.componentCount + head.componentCount;
    if (together > MOST_COMPARED) throw new SbomsTooLargeError(together, MOST_COMPARED);
    const { unchanged, ...lists } = diffSboms(await this.all(base), await this.all(head));
    const { added, removed, changed, licenseChanged } = lists;
    return {
      base: toSbomBody(base),
      head: toSbomBody(head),
      counts: {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
        license_changed: licenseChanged.length,
        unchanged,
      },
      limit: MOST_SHOWN,
      added: added.slice(0, MOST_SHOWN),
      removed: removed.slice(0, MOST_SHOWN),
      changed: changed.slice(0, MOST_SHOWN),
      license_changed: licenseChanged.slice(0, MOST_SHOWN),
    };
  }

  /** Reads the whole bill for each page: what is found must be counted anyway, and few bills have more than some parts. */
  private async found(bill: Bill, { limit, cursor, q }: Search): Promise<Page<SbomComponentBody>> {
    const list = `sbom:${bill.id}:${sha256Hex(q).slice(0, DIGEST_LENGTH)}`;
    const first = cursor === undefined ? 0 : Number(decodeCursor(list, ['number'], cursor)[0]);
    const found = componentsWith(q, await this.all(bill));
    const end = first + limit;
    return new Page(
      found.slice(first, end),
      end < found.length ? encodeCursor(list, [end]) : null,
      { count: found.length, isExact: true },
    );
  }

  private async openBill(bill: Bill, format: SbomFormat, id: string): Promise<OpenSbom> {
    const { mediaType, fileExtension } = SBOM_RENDERERS[format];
    return {
      fileName: `securescan-${id.slice(0, 8)}${fileExtension}`,
      mediaType,
      pieces: await startedPieces(this.pieces(bill.id, format)),
    };
  }

  /** An error where the bill is removed meanwhile: half a document must not look like a whole one. */
  private async *pieces(id: string, content: BillContent): AsyncGenerator<string, void> {
    for (let position = 0; ; position += 1) {
      const bytes = await this.bills.part(id, content, position);
      if (bytes === null) break;
      yield await readBillText(bytes);
    }
    await this.bill(id);
  }

  private async all({ id, componentCount }: Bill): Promise<SbomComponentBody[]> {
    const components: SbomComponentBody[] = [];
    for (let part = 0; part * COMPONENTS_OF_A_PART < componentCount; part += 1) {
      components.push(...(await this.listed(id, part)));
      await nextTurn();
    }
    return components;
  }

  private async listed(id: string, part: number): Promise<SbomComponentBody[]> {
    const bytes = await this.bills.part(id, 'components', part);
    if (bytes === null) throw new SbomNotFoundError();
    return JSON.parse(await readBillText(bytes)) as SbomComponentBody[];
  }

  private async bill(id: string): Promise<Bill> {
    const bill = await this.bills.find(id);
    if (bill === null) throw new SbomNotFoundError();
    return bill;
  }

  private async ofScan(scanId: string): Promise<Bill> {
    await this.scans.completed(scanId);
    const bill = await this.bills.ofScan(scanId);
    if (bill === null) throw new ScanWithoutSbomError();
    return bill;
  }

  private async billOrScan(id: string): Promise<Bill> {
    const bill = (await this.bills.find(id)) ?? (await this.bills.ofScan(id));
    if (bill === null) throw new SbomNotFoundError();
    return bill;
  }
}

function positionOf(cursor: string | undefined, list: string): BillPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(list, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
