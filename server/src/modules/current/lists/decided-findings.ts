import { Injectable } from '@nestjs/common';
import type { Verdict } from '@securescan/contracts';
import { ReadDatabase } from '../../../database/database';
import { OnDomainEvent } from '../../../domain-events/on-domain-event';
import { Clock } from '../../../ports/clock.port';
import { FindingListQueryDto } from '../../findings/dto/finding-list.dto';
import { FindingSelection } from '../../findings/lists/finding-selection';
import {
  knownRanges,
  type PositionRange,
  type PositionSet,
  rangesOf,
} from '../../findings/lists/position-set';
import type { RankedScan } from './current-index.repository';

/** Scans whose answers are kept, each for one choice of verdicts. */
const MOST_KEPT = 5000;
/** Longer answers are not worth their memory. */
const MOST_RANGES = 20_000;

/** Every statement that tells whether verdicts are still what they were. */
export const VERDICT_STATE_STATEMENTS = {
  latestChange: `SELECT max("seq") AS "value" FROM "finding_state_history"`,
  nextLapse: `SELECT min("expires_at") AS "value" FROM "finding_states" WHERE "expires_at" > ?`,
  nextLapseInProjects: `SELECT min("expires_at") AS "value" FROM "project_finding_states" WHERE "expires_at" > ?`,
} as const;

/**
 * Which findings of a scan have one of some verdicts. To find out costs a look for each verdict that there is, so answers are
 * kept while nobody decides anything, nothing lapses and no scan ends: what a completed scan holds never changes.
 */
@Injectable()
export class DecidedFindings {
  private readonly kept = new Map<string, readonly PositionRange[]>();
  private keptState = '';
  private endedScans = 0;

  constructor(
    private readonly selection: FindingSelection,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** What a scan merged may be one with findings of others from then on, and the verdict on either counts for both. */
  @OnDomainEvent('scan.completed', { when: 'after-commit' })
  @OnDomainEvent('scan.failed', { when: 'after-commit' })
  @OnDomainEvent('scan.cancelled', { when: 'after-commit' })
  scanEnded(): void {
    this.endedScans += 1;
  }

  /** For one list: answers from before a change are not mixed with those from behind it. */
  async with(status: readonly Verdict[]): Promise<(scan: RankedScan) => Promise<PositionSet>> {
    const state = await this.state();
    const query = Object.assign(new FindingListQueryDto(), { status: [...status] });
    const name = [...new Set(status)].join(',');
    return async (scan) => {
      if (state !== this.keptState) this.kept.clear();
      this.keptState = state;
      const key = `${scan.id} ${name}`;
      const ranges =
        this.kept.get(key) ?? (await rangesOf(await this.selection.select(scan, query)));
      if (state === this.keptState) this.keep(key, ranges);
      return knownRanges(ranges);
    };
  }

  private keep(key: string, ranges: readonly PositionRange[]): void {
    // The one that was asked for last is the last to go.
    this.kept.delete(key);
    if (ranges.length <= MOST_RANGES) this.kept.set(key, ranges);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
  }

  private async state(): Promise<string> {
    const now = this.clock.now().toISOString();
    const { latestChange, nextLapse, nextLapseInProjects } = VERDICT_STATE_STATEMENTS;
    const values = [
      this.endedScans,
      await this.value(latestChange, []),
      await this.value(nextLapse, [now]),
      await this.value(nextLapseInProjects, [now]),
    ];
    return JSON.stringify(values);
  }

  private async value(sql: string, parameters: readonly string[]): Promise<unknown> {
    const rows = await this.database.manager.query<{ value: unknown }[]>(sql, [...parameters]);
    return rows[0]?.value ?? null;
  }
}
