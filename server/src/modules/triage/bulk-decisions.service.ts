import { Injectable } from '@nestjs/common';
import type { BulkDecisionBody, BulkDecisionRequestBody } from '@securescan/contracts';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { Authors } from './authors.service';
import { type BulkSelection, BulkSelections } from './bulk-selection.service';
import { contentOf } from './decision.policy';
import type { BulkSelectionDto } from './dto/bulk-decision.dto';
import { stepsTo, type StepsToDecision, VerdictChanges } from './verdict-changes';
import { toStateBody, type VerdictContent } from './verdict-row';

/** A unit holds the only writing connection, so it is kept short. */
const VERDICTS_PER_UNIT = 200;
const SAMPLE_SIZE = 20;

interface BulkOrder {
  readonly request: BulkDecisionRequestBody;
  readonly content: VerdictContent;
  readonly actor: Actor;
}

/** One decision about many findings. */
@Injectable()
export class BulkDecisions {
  constructor(
    private readonly selections: BulkSelections,
    private readonly changes: VerdictChanges,
    private readonly authors: Authors,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides in steps, each of them whole. Whoever was interrupted may ask again: what holds already does not change.
   * @throws ValidationFailedError, ScanNotFoundError, ScanNotCompletedError
   */
  async decide(
    selection: BulkSelectionDto,
    request: BulkDecisionRequestBody,
    actor: Actor,
  ): Promise<BulkDecisionBody> {
    const content = contentOf(request, this.clock.now());
    const selected = await this.selections.of(selection, request.fingerprints);
    return this.apply(selected, { request, content, actor });
  }

  private async apply(selected: BulkSelection, order: BulkOrder): Promise<BulkDecisionBody> {
    const { fingerprints, unknown } = selected;
    const sample: BulkDecisionBody['sample'] = [];
    let changed = 0;
    for (let start = 0; start < fingerprints.length; start += VERDICTS_PER_UNIT) {
      const some = fingerprints.slice(start, start + VERDICTS_PER_UNIT);
      const steps = await this.units.run((tx) => this.decideSome(tx, some, order));
      changed += steps.length;
      for (const { to, from } of steps.slice(0, SAMPLE_SIZE - sample.length)) {
        const before = from === null ? null : toStateBody(from);
        sample.push({ fingerprint: to.fingerprint, before });
      }
    }
    return {
      dry_run: order.request.dry_run ?? false,
      matched: fingerprints.length,
      changed,
      unknown: [...unknown],
      sample,
    };
  }

  private async decideSome(
    tx: Transaction,
    fingerprints: readonly string[],
    { request, content, actor }: BulkOrder,
  ): Promise<StepsToDecision[]> {
    const at = this.clock.now().toISOString();
    const project = request.project ?? null;
    const standings = await this.changes.standings(tx, project, fingerprints);
    const by =
      request.dry_run === true
        ? { name: null, principalId: null }
        : await this.authors.of(tx, actor, request.updated_by);
    const decision = { project, content, at, by };
    const due = [...standings]
      .map(([fingerprint, standing]) => stepsTo(decision, fingerprint, standing))
      .filter(({ steps }) => steps.length > 0);
    if (request.dry_run === true || due.length === 0) return due;
    await this.changes.write(
      tx,
      due.flatMap(({ steps }) => steps),
    );
    const { status, reason, expiresAt: until } = content;
    const changed = due.map(({ to }) => to.fingerprint);
    await this.audit.record(tx, actor, {
      action: 'verdict.decided_in_bulk',
      subjectType: 'finding',
      subjectId: null,
      details: { project, to_status: status, reason, until, fingerprints: changed },
    });
    return due;
  }
}
