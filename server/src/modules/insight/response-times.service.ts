import { Injectable } from '@nestjs/common';
import type { ResponseTimesBody } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { DocumentClock } from '../../ports/clock.port';
import { Durations } from './durations';
import { type InsightScope, InsightScopes } from './insight-scopes.repository';
import { ResponseTimesRepository, type Window } from './response-times.repository';

const DAY_MS = 86_400_000;
const PLACES_OF_A_TURN = 50;

/** How long people took to look at findings, and how long findings took to go. */
@Injectable()
export class ResponseTimesService {
  constructor(
    private readonly times: ResponseTimesRepository,
    private readonly scopes: InsightScopes,
    private readonly documents: DocumentClock,
  ) {}

  async over(scope: InsightScope, days: number): Promise<ResponseTimesBody> {
    const now = this.documents.now();
    const from = new Date(now.getTime() - days * DAY_MS).toISOString();
    const window = { from, to: now.toISOString() };
    const places = await this.scopes.ever(scope);
    return {
      ...window,
      time_to_triage: (await this.triaged(new Set(places), window)).toBody(),
      time_to_fix: (await this.fixed(places, window)).toBody(),
    };
  }

  private async triaged(places: ReadonlySet<number>, window: Window): Promise<Durations> {
    const durations = new Durations();
    const seen = new Set<number>();
    for await (const lives of this.times.triaged(window)) {
      for (const { id, placeId, severity, firstSeenAt, changedAt } of lives) {
        if (!places.has(placeId) || seen.has(id)) continue;
        seen.add(id);
        durations.add(severity, { ms: between(firstSeenAt, changedAt), count: 1 });
      }
    }
    return durations;
  }

  private async fixed(places: readonly number[], window: Window): Promise<Durations> {
    const durations = new Durations();
    for (const [index, placeId] of places.entries()) {
      for (const fixed of await this.times.fixed(placeId, window)) {
        const { severity, firstSeenAt, closedAt, count } = fixed;
        durations.add(severity, { ms: between(firstSeenAt, closedAt), count });
      }
      if (index % PLACES_OF_A_TURN === PLACES_OF_A_TURN - 1) await nextTurn();
    }
    return durations;
  }
}

function between(one: string, other: string): number {
  return Date.parse(other) - Date.parse(one);
}
