import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import type { DomainEventMap } from '../../domain-events/domain-event-map';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import type { Transaction } from '../../domain-events/unit-of-work';
import { ScanEntity } from '../scans/scan.entity';
import { type CountedFindings, CurrentCounts, totalsOf, whole } from './current-counts';
import { CurrentRunsRepository } from './current-runs.repository';
import { type CurrentPair, CurrentTargetsRepository } from './current-targets.repository';
import { ScanRunsRepository } from './scan-runs.repository';
import { type CurrentPart, ShownFindings } from './shown-findings';
import { TargetEntity } from './target.entity';

/**
 * Keeps what is there now: for each target and scanner, the latest scan in which the scanner completed, and which findings
 * that makes. Every change is written in the transaction of its cause, so readers never see half of one.
 */
@Injectable()
export class CurrentState {
  constructor(
    private readonly targets: CurrentTargetsRepository,
    private readonly scanRuns: ScanRunsRepository,
    private readonly shown: ShownFindings,
    private readonly counts: CurrentCounts,
    private readonly currentRuns: CurrentRunsRepository,
  ) {}

  @OnDomainEvent('scan.queued', { when: 'in-transaction' })
  async queued({ scanId }: DomainEventMap['scan.queued'], tx: Transaction): Promise<void> {
    const scan = await scanOf(tx, scanId);
    if (scan.origin === 'import') return;
    for (const targetId of await this.targets.link(tx, scan)) {
      await this.targets.refreshLatest(tx, targetId);
    }
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async completed({ scanId }: DomainEventMap['scan.completed'], tx: Transaction): Promise<void> {
    const scan = await scanOf(tx, scanId);
    await this.counts.store(tx, scanId, totalOf(scan));
    if (scan.origin === 'import') return;
    await this.refresh(tx, await this.targets.link(tx, scan), scanId);
  }

  @OnDomainEvent('scan.deleted', { when: 'in-transaction' })
  async deleted({ scanId }: DomainEventMap['scan.deleted'], tx: Transaction): Promise<void> {
    await this.refresh(tx, await this.targets.unlink(tx, scanId), scanId);
  }

  /** Counts anew what is there now in a target. */
  async rebuild(tx: Transaction, targetId: string): Promise<void> {
    const target = await tx.manager.findOneByOrFail(TargetEntity, { id: targetId });
    const pairs = await this.targets.pairs(tx, targetId);
    const byScanner = new Map(pairs.map((pair) => [pair.scanner, pair]));
    await this.currentRuns.clear(tx, targetId);
    const counted: CountedFindings[] = [];
    for (const part of await this.partsOf(tx, targetId, pairs)) {
      const shown = await this.shown.of(tx, part, byScanner);
      await this.currentRuns.add(tx, target, { part, shown: shown ?? whole(part.total) });
      counted.push(
        shown === null
          ? { active: await this.counts.stored(tx, part.scanId), suppressed: part.suppressed }
          : await this.counts.among(tx, part.scanId, { shown, total: part.total }),
      );
    }
    await tx.manager.update(TargetEntity, targetId, { ...totalsOf(counted), isStale: false });
  }

  /** Takes what a scan changed into the targets that it looked at. */
  private async refresh(
    tx: Transaction,
    targetIds: readonly string[],
    scanId: string,
  ): Promise<void> {
    const before = new Set([scanId]);
    for (const targetId of targetIds) {
      for (const pair of await this.targets.pairs(tx, targetId)) before.add(pair.scanId);
      if (!(await this.targets.refreshLatest(tx, targetId))) continue;
      await this.targets.refreshOutcomes(tx, targetId, scanId);
      await this.rebuild(tx, targetId);
    }
    for (const earlier of before) await this.currentRuns.forgetScan(tx, earlier);
  }

  /** The scans that a target's state is made of, but for those without findings. */
  private async partsOf(
    tx: Transaction,
    targetId: string,
    pairs: readonly CurrentPair[],
  ): Promise<CurrentPart[]> {
    const parts: CurrentPart[] = [];
    for (const scanId of new Set(pairs.map((pair) => pair.scanId))) {
      const scanNumber = await this.scanRuns.scanNumber(tx, scanId);
      const scan = await scanOf(tx, scanId);
      if (scanNumber === null || totalOf(scan) === 0) continue;
      parts.push({
        scanId,
        scanNumber,
        createdAt: scan.createdAt,
        scanTypes: await this.targets.typesOf(tx, targetId, scanId),
        total: totalOf(scan),
        suppressed: scan.suppressedCount,
      });
    }
    return parts;
  }
}

async function scanOf({ manager }: Transaction, id: string): Promise<Fields<ScanEntity>> {
  return manager.findOneByOrFail(ScanEntity, { id });
}

function totalOf({ findingsCount, suppressedCount }: Fields<ScanEntity>): number {
  return findingsCount + suppressedCount;
}
