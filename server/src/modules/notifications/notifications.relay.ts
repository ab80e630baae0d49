import { Injectable } from '@nestjs/common';
import { VERDICTS_WITH_REASON } from '@securescan/contracts';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { ScanDomainEvents } from '../scans/scans.events';
import type { RegressedFinding, TriageDomainEvents } from '../triage/triage.events';
import type { WebhookDomainEvents } from '../webhooks/webhooks.events';
import { type EndedScan, EndedScans } from './ended-scans.repository';
import { NotificationLog } from './notification-log.repository';
import {
  completedText,
  disabledWebhookText,
  failedScannersText,
  failedText,
  lapsedText,
  NAMED,
  nameText,
  regressedText,
} from './notification-texts';
import type { GatheredThings, NotificationEntity } from './notification.entity';

/** So long verdicts that lapse are told in one notification, counted from the first. */
const GATHERING_MS = 600_000;
const SHOWN_OF_FINGERPRINT = 12;

type Lapse = TriageDomainEvents['verdict.lapsed'];

/** A notification that is being written in a unit that is not committed yet. */
type Gathering = Pick<NotificationEntity, 'id' | 'gathered' | 'severity'>;

/**
 * Writes what people should hear of, in the transaction of what has happened: it is there exactly if the fact is. What comes in
 * great numbers becomes one notification.
 */
@Injectable()
export class NotificationsRelay {
  private readonly lapses = new WeakMap<Transaction, Gathering>();

  constructor(
    private readonly scans: EndedScans,
    private readonly log: NotificationLog,
  ) {}

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async scanCompleted(
    { scanId, findingsCount }: ScanDomainEvents['scan.completed'],
    tx: Transaction,
  ): Promise<void> {
    const scan = await this.scans.read(tx, scanId);
    if (scan === null) return;
    await this.tellFailedScanners(tx, scanId, scan);
    if (findingsCount === 0) return;
    const novelty = await this.scans.novelty(tx, scanId, findingsCount);
    const text = completedText({ ...scan, findingsCount, novelty });
    await this.log.put(tx, null, { text, scanId, gathered: null });
  }

  @OnDomainEvent('scan.failed', { when: 'in-transaction' })
  async scanFailed(
    { scanId, error }: ScanDomainEvents['scan.failed'],
    tx: Transaction,
  ): Promise<void> {
    const scan = await this.scans.read(tx, scanId);
    if (scan === null) return;
    await this.tellFailedScanners(tx, scanId, scan);
    const text = failedText(scan.target, error);
    await this.log.put(tx, null, { text, scanId, gathered: null });
  }

  @OnDomainEvent('verdict.lapsed', { when: 'in-transaction' })
  async verdictLapsed(lapse: Lapse, tx: Transaction): Promise<void> {
    const begun = this.lapses.get(tx);
    const standing = begun ?? (await this.openLapses(tx));
    const gathered = more(standing?.gathered ?? this.nothing(), [nameOfLapse(lapse)], 1);
    const isAlarming = standing?.severity === 'warning' || isDismissal(lapse);
    const text = lapsedText(gathered.count, gathered.named, isAlarming);
    const { severity } = text;
    if (begun !== undefined) {
      await this.log.amend(tx, begun.id, text, gathered);
      this.lapses.set(tx, { id: begun.id, gathered, severity });
      return;
    }
    const id = await this.log.put(tx, standing?.id ?? null, { text, scanId: null, gathered });
    this.lapses.set(tx, { id, gathered, severity });
  }

  @OnDomainEvent('finding.regressed', { when: 'in-transaction' })
  async findingsRegressed(
    { scanId, findings, toldBefore }: TriageDomainEvents['finding.regressed'],
    tx: Transaction,
  ): Promise<void> {
    const standing =
      toldBefore === 0 ? null : await this.log.latest(tx, 'finding.regressed', scanId);
    const before = standing?.gathered ?? { ...this.nothing(), count: toldBefore };
    const gathered = more(before, findings.slice(0, NAMED).map(nameOfFinding), findings.length);
    const isGrave = standing?.severity === 'error' || findings.some(isGraveFinding);
    const text = regressedText(gathered.count, gathered.named, isGrave);
    await this.log.put(tx, standing?.id ?? null, { text, scanId, gathered });
  }

  @OnDomainEvent('webhook.disabled', { when: 'in-transaction' })
  async webhookDisabled(
    { name, reason }: WebhookDomainEvents['webhook.disabled'],
    tx: Transaction,
  ): Promise<void> {
    const text = disabledWebhookText(name, reason);
    await this.log.put(tx, null, { text, scanId: null, gathered: null });
  }

  private async tellFailedScanners(
    tx: Transaction,
    scanId: string,
    { target, failed }: EndedScan,
  ): Promise<void> {
    if (failed.length === 0) return;
    const text = failedScannersText(target, failed);
    await this.log.put(tx, null, { text, scanId, gathered: null });
  }

  /** The notification that still takes verdicts that lapse. */
  private async openLapses(tx: Transaction): Promise<NotificationEntity | null> {
    const latest = await this.log.latest(tx, 'verdict.lapsed', null);
    if (!latest?.gathered) return null;
    const age = Date.parse(this.log.now()) - Date.parse(latest.gathered.since);
    return age >= 0 && age < GATHERING_MS ? latest : null;
  }

  private nothing(): GatheredThings {
    return { count: 0, named: [], since: this.log.now() };
  }
}

function more(
  { count, named, since }: GatheredThings,
  names: readonly string[],
  more: number,
): GatheredThings {
  return { count: count + more, named: [...named, ...names].slice(0, NAMED), since };
}

/** The finding counts again, as it did not before. */
function isDismissal({ status }: Lapse): boolean {
  return VERDICTS_WITH_REASON.some((verdict) => verdict === status);
}

function nameOfLapse({ fingerprint, project, status }: Lapse): string {
  const place = project === null ? 'everywhere' : `in ${nameText(project)}`;
  return `${fingerprint.slice(0, SHOWN_OF_FINGERPRINT)} (${status} ${place})`;
}

function nameOfFinding({ title, filePath }: RegressedFinding): string {
  return filePath === null ? nameText(title) : `${nameText(title)} (${nameText(filePath)})`;
}

function isGraveFinding({ severity }: RegressedFinding): boolean {
  return severity === 'critical' || severity === 'high';
}
