import { Injectable } from '@nestjs/common';
import type { FindingStateBody, FindingStateRequestBody } from '@securescan/contracts';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { Authors } from './authors.service';
import { contentOf } from './decision.policy';
import { KnownFindings } from './known-findings.repository';
import { stepsTo, VerdictChanges } from './verdict-changes';
import { rowAt, toStateBody, type VerdictRow } from './verdict-row';

/** What callers may do to verdicts. */
@Injectable()
export class VerdictCommands {
  constructor(
    private readonly changes: VerdictChanges,
    private readonly known: KnownFindings,
    private readonly authors: Authors,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides, everywhere or in a project. What the request leaves out is taken away; saying the same again changes nothing.
   * @throws FindingNotFoundError, ValidationFailedError
   */
  async decide(
    fingerprint: string,
    request: FindingStateRequestBody,
    actor: Actor,
  ): Promise<FindingStateBody> {
    const content = contentOf(request, this.clock.now());
    await this.known.assertKnown(fingerprint);
    const project = request.project ?? null;
    return this.units.run(async (tx) => {
      const at = this.now();
      const standing = await this.changes.standing(tx, project, fingerprint);
      const by = await this.authors.of(tx, actor, request.updated_by);
      const { steps, from, to } = stepsTo({ project, content, at, by }, fingerprint, standing);
      if (steps.length === 0) return toStateBody(to);
      await this.changes.write(tx, steps);
      const { status, reason, expiresAt: until } = content;
      await this.audit.record(tx, actor, {
        action: 'verdict.decided',
        subjectType: 'finding',
        subjectId: fingerprint,
        details: { project, from_status: from?.status ?? null, to_status: status, reason, until },
      });
      return toStateBody(to);
    });
  }

  /** Takes back what was decided about a finding in a project, under whichever of its fingerprints, so that the verdict for everywhere counts. @throws FindingNotFoundError */
  async withdraw(fingerprint: string, project: string, actor: Actor): Promise<void> {
    await this.known.assertKnown(fingerprint);
    await this.units.run(async (tx) => {
      const at = this.now();
      const { stored, others } = await this.changes.standing(tx, project, fingerprint);
      for (const row of [stored, ...others]) {
        const from = rowAt(row, at);
        if (from !== null) await this.takeBack(tx, { project, from, at }, actor);
      }
    });
  }

  private async takeBack(
    tx: Transaction,
    {
      project,
      from,
      at,
    }: { readonly project: string; readonly from: VerdictRow; readonly at: string },
    actor: Actor,
  ): Promise<void> {
    const { fingerprint } = from;
    const by = await this.authors.of(tx, actor, null);
    const change = { fingerprint, project, cause: 'withdrawal', from, to: null, at, by } as const;
    await this.changes.write(tx, [change]);
    await this.audit.record(tx, actor, {
      action: 'verdict.withdrawn',
      subjectType: 'finding',
      subjectId: fingerprint,
      details: { project, from_status: from.status },
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
