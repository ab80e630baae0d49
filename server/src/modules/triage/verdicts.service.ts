import { Injectable } from '@nestjs/common';
import type { FindingStateBody, FindingVerdictsBody, Verdict } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { nextTurn } from '../../common/next-turn';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { FindingAliases } from './finding-aliases.repository';
import { countingOf } from './verdict-choice';
import { rowAt, toStateBody, type VerdictRow } from './verdict-row';
import { FINGERPRINTS_OF_A_BATCH, VerdictsRepository } from './verdicts.repository';

/** Some of the fingerprints that a status leads to. */
export interface DecidedFingerprints {
  /** These have it. */
  readonly decided: readonly string[];
  /** What has several fingerprints may have several verdicts, of which another may count. */
  readonly maybe: readonly string[];
}

/** What people decided about findings, as it holds now: what has lapsed counts no longer. */
@Injectable()
export class VerdictsService {
  constructor(
    private readonly verdicts: VerdictsRepository,
    private readonly aliases: FindingAliases,
    private readonly clock: Clock,
  ) {}

  /** The verdict that counts for each fingerprint in a project, whichever fingerprint of its finding that names. */
  async verdictsFor(
    project: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, FindingStateBody>> {
    if (fingerprints.length === 0) return new Map();
    const aliases = await this.aliases.of(fingerprints);
    const asked = [...new Set([...fingerprints, ...[...aliases.values()].flat()])];
    const [everywhere, inProject] = await Promise.all([
      this.verdicts.everywhere(asked),
      this.verdicts.inProject(project, asked),
    ]);
    const standing = byFingerprint(this.standing([...everywhere, ...inProject]));
    const found = new Map<string, FindingStateBody>();
    for (const fingerprint of standing.size === 0 ? [] : fingerprints) {
      const identity = [fingerprint, ...(aliases.get(fingerprint) ?? [])];
      const counting = countingOf(identity.flatMap((one) => standing.get(one) ?? []));
      if (counting !== null) found.set(fingerprint, toStateBody(counting));
    }
    return found;
  }

  /** What holds for the finding that a fingerprint names. @param project `null` leaves out what projects say. */
  async verdictsOn(fingerprint: string, project: string | null): Promise<FindingVerdictsBody> {
    const identity = await this.aliases.identityOf(fingerprint);
    const everywhere = this.shown(await this.verdicts.everywhere(identity));
    const own = project === null ? [] : await this.verdicts.inProject(project, identity);
    const inProject = this.shown(own);
    return { fingerprint, state: inProject ?? everywhere, everywhere, in_project: inProject };
  }

  /** Every fingerprint whose verdict in a project may be the given one, other than `new`, in batches. */
  async *decidedAs(project: string, status: Verdict): AsyncGenerator<DecidedFingerprints> {
    const wanted = { project, status, now: this.now() };
    for (const read of [
      (after: string) => this.verdicts.withStatusInProject(wanted, after),
      (after: string) => this.verdicts.withStatusEverywhere(wanted, after),
    ]) {
      for await (const fingerprints of batches(read)) {
        const aliases = await this.aliases.of(fingerprints);
        yield {
          decided: fingerprints.filter((fingerprint) => !aliases.has(fingerprint)),
          maybe: [...aliases].flat(2),
        };
      }
    }
  }

  /** Keeps which fingerprints are one finding, so that a verdict on any of them counts also where a scanner is missing. */
  async noteAliases(
    tx: Transaction,
    findings: readonly Pick<Finding, 'fingerprint' | 'aliases'>[],
  ): Promise<void> {
    await this.aliases.note(tx, findings);
  }

  /** How many verdicts with these statuses there are to look through for a project, counted no further than `limit`. */
  async countDecidedAs(
    project: string,
    statuses: readonly Verdict[],
    limit: number,
  ): Promise<number> {
    let count = 0;
    for (const status of statuses) {
      if (count < limit) count += await this.verdicts.count(project, status, limit - count);
    }
    return count;
  }

  private shown(rows: readonly VerdictRow[]): FindingStateBody | null {
    const counting = countingOf(this.standing(rows));
    return counting === null ? null : toStateBody(counting);
  }

  private standing(rows: readonly VerdictRow[]): VerdictRow[] {
    const now = this.now();
    return rows.flatMap((row) => rowAt(row, now) ?? []);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function byFingerprint(rows: readonly VerdictRow[]): ReadonlyMap<string, VerdictRow[]> {
  const all = new Map<string, VerdictRow[]>();
  for (const row of rows) all.set(row.fingerprint, [...(all.get(row.fingerprint) ?? []), row]);
  return all;
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
