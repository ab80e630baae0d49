import { Injectable } from '@nestjs/common';
import type { FindingStateBody, FindingVerdictsBody, Verdict } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { Clock } from '../../ports/clock.port';
import { rowAt, toStateBody, type VerdictRow } from './verdict-row';
import { FINGERPRINTS_OF_A_BATCH, VerdictsRepository } from './verdicts.repository';

/** What people decided about findings, as it holds now: what has lapsed counts no longer. */
@Injectable()
export class VerdictsService {
  constructor(
    private readonly verdicts: VerdictsRepository,
    private readonly clock: Clock,
  ) {}

  /** The verdict that counts for each fingerprint in a project: the project's own wins over the one for everywhere. */
  async verdictsFor(
    project: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, FindingStateBody>> {
    if (fingerprints.length === 0) return new Map();
    const [everywhere, inProject] = await Promise.all([
      this.verdicts.everywhere(fingerprints),
      this.verdicts.inProject(project, fingerprints),
    ]);
    const now = this.now();
    const standing = [...everywhere, ...inProject].flatMap((row) => rowAt(row, now) ?? []);
    return new Map(standing.map((row) => [row.fingerprint, toStateBody(row)]));
  }

  /** What holds for one fingerprint. @param project `null` leaves out what projects say. */
  async verdictsOn(fingerprint: string, project: string | null): Promise<FindingVerdictsBody> {
    const [everywhere] = await this.verdicts.everywhere([fingerprint]);
    const [own] = project === null ? [] : await this.verdicts.inProject(project, [fingerprint]);
    const inProject = this.shown(own);
    const everywhereNow = this.shown(everywhere);
    return {
      fingerprint,
      state: inProject ?? everywhereNow,
      everywhere: everywhereNow,
      in_project: inProject,
    };
  }

  /** Every fingerprint whose verdict that counts in a project is the given one, other than `new`, in batches. */
  async *decidedAs(project: string, status: Verdict): AsyncGenerator<readonly string[]> {
    const wanted = { project, status, now: this.now() };
    yield* batches((after) => this.verdicts.withStatusInProject(wanted, after));
    yield* batches((after) => this.verdicts.withStatusEverywhere(wanted, after));
  }

  /** How many verdicts of that kind there are to look through for a project, counted no further than `limit`. */
  async countDecidedAs(project: string, status: Verdict, limit: number): Promise<number> {
    return this.verdicts.count(project, status, limit);
  }

  private shown(row: VerdictRow | undefined): FindingStateBody | null {
    const standing = rowAt(row ?? null, this.now());
    return standing === null ? null : toStateBody(standing);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

async function* batches(
  read: (after: string) => Promise<string[]>,
): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const batch = await read(after);
    if (batch.length > 0) yield batch;
    if (batch.length < FINGERPRINTS_OF_A_BATCH) return;
    after = batch.at(-1) ?? after;
    await nextTurn();
  }
}
