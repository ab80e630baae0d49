import { Injectable } from '@nestjs/common';
import type { ScanType } from '@securescan/contracts';
import { nextTurn } from '../../../common/next-turn';
import { UnitOfWork } from '../../../domain-events/unit-of-work';
import { FindingsService } from '../../findings/findings.service';
import type { ScanRecord } from '../../scans/scan.mapper';
import { ScansService } from '../../scans/scans.service';
import { FindingLivesRepository, type StandingLife } from './finding-lives.repository';
import { FindingRoundsRepository, type OpenRound } from './finding-rounds.repository';
import { GoneFindings } from './gone-findings';
import { planSightings, type Sighting } from './plan-sightings';

/** Findings that are taken in as one unit of work: some milliseconds of reading and of writing each. */
const FINDINGS_OF_A_UNIT = 250;
/** Lives that are looked at in one go to find those that a scan did not report. */
const LIVES_OF_A_BATCH = 1000;

type Places = ReadonlyMap<ScanType, number>;

/**
 * Takes completed scans into the lives of findings, one after the other, in the order in which they completed. Each unit of
 * work writes how far it came with what it did, so whoever goes on after a stop does nothing twice.
 */
@Injectable()
export class FindingLives {
  constructor(
    private readonly rounds: FindingRoundsRepository,
    private readonly lives: FindingLivesRepository,
    private readonly scans: ScansService,
    private readonly findings: FindingsService,
    private readonly units: UnitOfWork,
  ) {}

  /** @returns whether there may be more scans in the line. */
  async takeNext(isStopping: () => boolean): Promise<boolean> {
    const round = await this.rounds.next();
    if (round === null || isStopping()) return false;
    const record = await this.scans.find(round.scanId);
    // What a deleted scan had not told by then it tells no more.
    const isTaken = record === null || (await this.take(round, record, isStopping));
    if (!isTaken) return false;
    await this.units.run((tx) => this.rounds.finish(tx, round.seq));
    return true;
  }

  /** @returns false where it was stopped before the end. */
  private async take(
    round: OpenRound,
    record: ScanRecord,
    isStopping: () => boolean,
  ): Promise<boolean> {
    const places = await this.units.run((tx) => this.rounds.placesOf(tx, round.scanId));
    const range = await this.findings.numbersOf(round.scanId);
    let after = Math.max(round.lastNumber, range.first - 1);
    while (after < range.last) {
      if (isStopping()) return false;
      const last = await this.takeFindings(round, places, { after, last: range.last });
      if (last === null) break;
      after = last;
      await nextTurn();
    }
    return this.closeOthers(round, record, { places, isStopping });
  }

  /** @returns the last number, `null` where there are no more or the scan has been deleted. */
  private async takeFindings(
    round: OpenRound,
    places: Places,
    { after, last }: { readonly after: number; readonly last: number },
  ): Promise<number | null> {
    const found = await this.lives.findings(after, last, FINDINGS_OF_A_UNIT);
    const end = found.at(-1);
    if (end === undefined) return null;
    const sightings = found.flatMap(({ scanType, ...sighting }): Sighting[] => {
      const placeId = places.get(scanType);
      return placeId === undefined ? [] : [{ ...sighting, placeId }];
    });
    const known = await this.lives.known(
      sightings.flatMap(({ placeId, fingerprint, aliases }) =>
        [fingerprint, ...aliases.map((alias) => alias.fingerprint)].map(
          (print): readonly [number, string] => [placeId, print],
        ),
      ),
    );
    await nextTurn();
    const plan = planSightings(round, sightings, known);
    const isTaken = await this.units.run(async (tx) => {
      if (!(await this.rounds.isVisible(tx, round.scanId))) return false;
      await this.lives.write(tx, plan);
      await this.rounds.advance(tx, round.seq, end.number);
      return true;
    });
    return isTaken ? end.number : null;
  }

  private async closeOthers(
    round: OpenRound,
    head: ScanRecord,
    { places, isStopping }: { readonly places: Places; readonly isStopping: () => boolean },
  ): Promise<boolean> {
    const gone = new GoneFindings(this.lives, this.rounds, this.scans, head);
    for (const placeId of new Set(places.values())) {
      for (const state of ['open', 'suppressed'] as const) {
        let after: StandingLife | null = null;
        for (;;) {
          if (isStopping()) return false;
          const batch: StandingLife[] = await this.lives.standing(placeId, state, {
            after,
            limit: LIVES_OF_A_BATCH,
          });
          await nextTurn();
          await this.close(round, await gone.among(batch.filter(isUnseenIn(round))));
          after = batch.at(-1) ?? null;
          if (batch.length < LIVES_OF_A_BATCH) break;
        }
      }
    }
    return true;
  }

  private async close(round: OpenRound, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await this.units.run(async (tx) => {
      if (!(await this.rounds.isVisible(tx, round.scanId))) return;
      await this.lives.close(tx, ids, round.seenAt);
    });
  }
}

function isUnseenIn({ seq }: OpenRound): (life: StandingLife) => boolean {
  return ({ lastRound }) => lastRound < seq;
}
