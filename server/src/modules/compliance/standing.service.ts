import { Injectable } from '@nestjs/common';
import { nextTurn } from '../../common/next-turn';
import {
  ComplianceRepository,
  type StandingOutcome,
  type StandingScan,
} from './compliance.repository';
import { Standing } from './standing';

/** With some dozen rows each. */
const SCANS_OF_A_READING = 50;

export interface StandingSubject {
  /** `null` for all projects. */
  readonly project: string | null;
  /** Path, URL or host as the scan has it; `null` for all targets. */
  readonly target: string | null;
}

/** Follows how things stood from scan to scan. It reads in pieces, and only outcomes of those that were overtaken. */
@Injectable()
export class StandingService {
  constructor(private readonly repository: ComplianceRepository) {}

  /** How things stand now. */
  async now(subject: StandingSubject): Promise<Standing> {
    const standing = new Standing();
    for await (const [scan, outcomes] of this.scans(subject)) standing.add(scan, outcomes);
    await this.complete(standing);
    return standing;
  }

  /**
   * How things stood at the end of each day, one after the other: the same object every time, to be looked at before the next is
   * asked for. It is `null` where nothing has changed since the day before. @param days in their order, `YYYY-MM-DD`.
   */
  async *daily(
    subject: StandingSubject,
    days: readonly string[],
  ): AsyncGenerator<readonly [string, Standing | null]> {
    const standing = new Standing();
    const scans = this.scans(subject);
    let next = await scans.next();
    for (const day of days) {
      let hasChanged = false;
      while (next.done !== true && next.value[0].createdAt.slice(0, day.length) <= day) {
        standing.add(...next.value);
        hasChanged = true;
        next = await scans.next();
      }
      if (hasChanged) await this.complete(standing);
      yield [day, hasChanged ? standing : null];
    }
    await scans.return(undefined);
  }

  private async *scans({
    project,
    target,
  }: StandingSubject): AsyncGenerator<[StandingScan, readonly StandingOutcome[]], undefined> {
    for await (const some of this.repository.scans({ project })) {
      const meant = target === null ? some : some.filter((scan) => scan.target === target);
      const outcomes = await this.repository.outcomes(meant.map(({ id }) => id));
      const byScan = Map.groupBy(outcomes, ({ scanId }) => scanId);
      for (const scan of meant) yield [scan, byScan.get(scan.id) ?? []];
      await nextTurn();
    }
  }

  private async complete(standing: Standing): Promise<void> {
    const ids = standing.unknown();
    for (let start = 0; start < ids.length; start += SCANS_OF_A_READING) {
      const some = ids.slice(start, start + SCANS_OF_A_READING);
      standing.learn(some, await this.repository.controls(some));
      await nextTurn();
    }
  }
}
