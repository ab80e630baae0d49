import { Injectable } from '@nestjs/common';
import {
  AGE_BUCKETS,
  type AgeBucketName,
  type OldFindingBody,
  type OpenAgesBody,
  SEVERITIES,
  type Severity,
  type SeverityCountsBody,
  type TargetKind,
  type Verdict,
} from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { Clock, DocumentClock } from '../../ports/clock.port';
import { AgesRepository, type LifePosition, type ShownLife } from './ages.repository';
import { DecidedLivesRepository } from './decided-lives.repository';
import { type InsightScope, InsightScopes } from './insight-scopes.repository';

const DAY_MS = 86_400_000;
/** Behind and before every time that there is. */
const BEGINNING = '';
const END = '~';
const DISMISSING: readonly Verdict[] = ['false_positive', 'accepted_risk', 'wont_fix'];
/** Beside those that are asked for: of the oldest, many may have been dismissed. */
const MORE_OF_A_BATCH = 100;

type Counts = Record<Severity, number>;

/** How long findings have been open that nobody has dismissed. */
@Injectable()
export class AgesService {
  constructor(
    private readonly ages: AgesRepository,
    private readonly decided: DecidedLivesRepository,
    private readonly scopes: InsightScopes,
    private readonly clock: Clock,
    private readonly documents: DocumentClock,
  ) {}

  async openAges(scope: InsightScope, limit: number): Promise<OpenAgesBody> {
    const now = this.documents.now();
    const places = await this.scopes.standing(scope);
    const buckets = bucketsAt(now.getTime());
    const counts = new Map<AgeBucketName, Counts>();
    for (const bucket of buckets) counts.set(bucket.name, await this.countsOf(places, bucket));
    const dismissed = await this.dismissed(new Set(places));
    for (const { firstSeenAt, severity } of dismissed.values()) {
      const bucket = buckets.find(({ after }) => firstSeenAt > after);
      const ofBucket = counts.get(bucket?.name ?? 'over_90_days');
      // Lives may have moved on between both questions.
      if (ofBucket !== undefined) ofBucket[severity] = Math.max(0, ofBucket[severity] - 1);
    }
    const shown = buckets.map(({ name, fromDays, toDays }) => ({
      name,
      from_days: fromDays,
      to_days: toDays,
      ...withTotal(counts.get(name) ?? nothing()),
    }));
    return {
      as_of: now.toISOString(),
      total: shown.reduce((sum, { total }) => sum + total, 0),
      dismissed: dismissed.size,
      by_severity: sumsOf(shown.map(({ by_severity }) => by_severity)),
      buckets: shown,
      oldest: await this.oldest(places, dismissed, { limit, now }),
    };
  }

  private async countsOf(places: readonly number[], bucket: Bucket): Promise<Counts> {
    const counts = nothing();
    for (const severity of SEVERITIES) {
      counts[severity] = await this.ages.count(places, severity, bucket);
      await nextTurn();
    }
    return counts;
  }

  private async dismissed(
    places: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, { readonly severity: Severity; readonly firstSeenAt: string }>> {
    const dismissed = new Map<number, { severity: Severity; firstSeenAt: string }>();
    for await (const lives of this.decided.all(this.clock.now().toISOString())) {
      for (const { id, placeId, status, severity, firstSeenAt } of lives) {
        if (!places.has(placeId) || !DISMISSING.includes(status)) continue;
        dismissed.set(id, { severity, firstSeenAt });
      }
    }
    return dismissed;
  }

  private async oldest(
    places: readonly number[],
    dismissed: ReadonlyMap<number, unknown>,
    { limit, now }: { readonly limit: number; readonly now: Date },
  ): Promise<OldFindingBody[]> {
    const ids: number[] = [];
    let after: LifePosition | null = null;
    while (ids.length < limit) {
      const size = limit + Math.min(MORE_OF_A_BATCH, dismissed.size);
      const batch: LifePosition[] = await this.ages.oldest(places, after, size);
      ids.push(...batch.map(({ id }) => id).filter((id) => !dismissed.has(id)));
      if (batch.length < size) break;
      after = batch.at(-1) ?? after;
      await nextTurn();
    }
    const chosen = ids.slice(0, limit);
    const lives = new Map((await this.ages.shown(chosen)).map((life) => [life.id, life]));
    return chosen.flatMap((id) => {
      const life = lives.get(id);
      return life === undefined ? [] : [toOldFinding(life, now)];
    });
  }
}

interface Bucket {
  readonly name: AgeBucketName;
  readonly fromDays: number;
  readonly toDays: number | null;
  /** First seen after then, and not after the other. */
  readonly after: string;
  readonly until: string;
}

/** The youngest first. What was first seen in the future, by a clock that was put back, is young. */
function bucketsAt(nowMs: number): readonly Bucket[] {
  const ago = (days: number): string => new Date(nowMs - days * DAY_MS).toISOString();
  return AGE_BUCKETS.map(({ name, fromDays, toDays }) => ({
    name,
    fromDays,
    toDays,
    after: toDays === null ? BEGINNING : ago(toDays),
    until: fromDays === 0 ? END : ago(fromDays),
  }));
}

function nothing(): Counts {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

function withTotal(counts: Counts): { total: number; by_severity: SeverityCountsBody } {
  const total = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  return { total, by_severity: counts };
}

function sumsOf(parts: readonly SeverityCountsBody[]): SeverityCountsBody {
  const sums = nothing();
  for (const part of parts) for (const severity of SEVERITIES) sums[severity] += part[severity];
  return sums;
}

function toOldFinding(life: ShownLife, now: Date): OldFindingBody {
  const ageMs = Math.max(0, now.getTime() - Date.parse(life.firstSeenAt));
  return {
    fingerprint: life.fingerprint,
    severity: life.severity,
    scanner: life.scanner,
    title: life.title,
    rule_id: life.ruleId,
    file_path: life.filePath,
    target: {
      id: life.targetId,
      project: life.project,
      kind: life.kind as TargetKind,
      place: life.place,
    },
    first_seen: life.firstSeenAt,
    first_scan_id: life.firstScanId,
    last_seen: life.lastSeenAt,
    last_scan_id: life.lastScanId,
    age_days: Math.floor(ageMs / DAY_MS),
  };
}
