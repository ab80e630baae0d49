import { Injectable } from '@nestjs/common';
import type { BillContent, BillHead, BillPart } from '@securescan/host-node';
import type { Fields } from '../../common/fields';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { ScanEntity } from '../scans/scan.entity';
import type { ScanDomainEvents } from '../scans/scans.events';
import { BillsRepository } from './bills.repository';

type BilledScan = Pick<Fields<ScanEntity>, 'id' | 'project' | 'targetPath'>;
type BillText = Extract<BillPart, { readonly kind: 'text' }>;

/** A bill that is being written. */
interface Writing {
  readonly id: string;
  readonly next: Map<BillContent, number>;
}

/**
 * Keeps the bills that scans make: written part by part while the scan runs, seen once it has completed, and kept when it is deleted.
 */
@Injectable()
export class BillStore {
  private readonly writing = new Map<string, Writing>();

  constructor(
    private readonly bills: BillsRepository,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Writes the next parts of a scan's bill as a unit; its head comes first. */
  async append(scan: BilledScan, parts: readonly BillPart[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.units.run(async (tx) => {
      for (const part of parts) {
        if (part.kind === 'head') await this.begin(tx, scan, part.head);
        else await this.write(tx, scan.id, part);
      }
    });
  }

  /** Removes what a scan that ended without a result has written. */
  async discard(scanId: string): Promise<void> {
    this.writing.delete(scanId);
    const id = await this.units.run((tx) => this.bills.unpublishedOf(tx, scanId));
    if (id !== null) await this.removeHidden(id);
  }

  /** Removes what an earlier process was writing, or removing, when it died. */
  async discardUnfinished(): Promise<void> {
    for (const id of await this.bills.unpublishedIds()) await this.removeHidden(id);
  }

  /** Removes a bill that nobody sees, in units of some megabytes. */
  async removeHidden(id: string): Promise<void> {
    let isMore = true;
    while (isMore) isMore = await this.units.run((tx) => this.bills.removeSome(tx, id));
    await this.units.run((tx) => this.bills.remove(tx, id));
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async publish({ scanId }: ScanDomainEvents['scan.completed'], tx: Transaction): Promise<void> {
    this.writing.delete(scanId);
    await this.bills.publish(tx, scanId);
  }

  @OnDomainEvent('scan.deleted', { when: 'in-transaction' })
  async detach({ scanId }: ScanDomainEvents['scan.deleted'], tx: Transaction): Promise<void> {
    await this.bills.detach(tx, scanId);
  }

  private async begin(tx: Transaction, scan: BilledScan, head: BillHead): Promise<void> {
    const id = globalThis.crypto.randomUUID();
    await this.bills.insert(tx, {
      ...head,
      id,
      scanId: scan.id,
      project: scan.project,
      targetPath: scan.targetPath ?? '',
      isPublished: false,
      createdAt: this.clock.now().toISOString(),
    });
    this.writing.set(scan.id, { id, next: new Map() });
  }

  private async write(tx: Transaction, scanId: string, part: BillText): Promise<void> {
    const writing = this.writing.get(scanId);
    if (writing === undefined) return;
    const { content, bytes } = part;
    const position = writing.next.get(content) ?? 0;
    writing.next.set(content, position + 1);
    await this.bills.insertPart(tx, { sbomId: writing.id, content, position, bytes });
  }
}
