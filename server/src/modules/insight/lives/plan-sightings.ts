import { SEVERITIES, type Severity } from '@securescan/contracts';
import { compareCodePoints, DefectError } from '@securescan/core';
import type { Fields } from '../../../common/fields';
import type { FindingLifeEntity } from './finding-life.entity';

export type Life = Fields<FindingLifeEntity>;

/** One finding of a scan, where it is and what it is known by. */
export interface Sighting {
  readonly number: number;
  readonly placeId: number;
  readonly fingerprint: string;
  readonly scanner: string;
  readonly severity: Severity;
  readonly isSuppressed: boolean;
  readonly aliases: readonly { readonly scanner: string; readonly fingerprint: string }[];
}

export interface KnownAlias {
  readonly placeId: number;
  readonly fingerprint: string;
  readonly lifeId: number;
}

/** What is stored of the lives that any of the sightings may belong to. */
export interface KnownLives {
  readonly lives: readonly Life[];
  readonly aliases: readonly KnownAlias[];
  /** The first number that no life has. */
  readonly nextId: number;
}

/** The scan that is taken in. */
export interface Round {
  readonly seq: number;
  readonly seenAt: string;
}

/** What has to be written. */
export interface LifePlan {
  readonly created: readonly Life[];
  readonly changed: readonly Life[];
  /** Only seen again. */
  readonly marked: readonly Life[];
  /** Turned out to be one life, in this order. */
  readonly joins: readonly { readonly from: number; readonly into: number }[];
  /** New ones, and those that belong to another life than before. */
  readonly aliases: readonly KnownAlias[];
}

/**
 * Takes some findings of a scan, in canonical order, into the lives. What any fingerprint connects is one life, the eldest of
 * those that there were. Pure; the given lives are not changed.
 */
export function planSightings(
  round: Round,
  sightings: readonly Sighting[],
  known: KnownLives,
): LifePlan {
  const draft = new Draft(round, known);
  for (const sighting of sightings) draft.take(sighting);
  return draft.plan();
}

class Draft {
  private readonly stored: ReadonlyMap<number, Life>;
  private readonly lives: Map<number, Life>;
  private readonly owners: Map<string, KnownAlias>;
  private readonly moved = new Set<string>();
  private readonly joins: { readonly from: number; readonly into: number }[] = [];
  private nextId: number;

  constructor(
    private readonly round: Round,
    known: KnownLives,
  ) {
    this.stored = new Map(known.lives.map((life) => [life.id, life]));
    this.lives = new Map(this.stored);
    this.owners = new Map(known.aliases.map((alias) => [keyOf(alias), alias]));
    this.nextId = known.nextId;
  }

  take(sighting: Sighting): void {
    const { placeId } = sighting;
    const prints = fingerprintsOf(sighting);
    const ids = prints.flatMap(
      (fingerprint) => this.owners.get(keyOf({ placeId, fingerprint }))?.lifeId ?? [],
    );
    const life = this.join([...new Set(ids)].map((id) => this.lifeOf(id)));
    const seen = this.seen(life, sighting);
    this.lives.set(seen.id, seen);
    for (const fingerprint of prints) {
      const alias = { placeId, fingerprint, lifeId: seen.id };
      if (this.owners.get(keyOf(alias))?.lifeId !== seen.id) this.own(alias);
    }
  }

  plan(): LifePlan {
    const drafts = [...this.lives.values()];
    const touched = drafts.filter((life) => this.stored.get(life.id) !== life);
    const created = touched.filter(({ id }) => !this.stored.has(id));
    const again = touched.filter(({ id }) => this.stored.has(id));
    const isMarked = (life: Life): boolean => saysTheSame(life, this.stored.get(life.id));
    return {
      created,
      changed: again.filter((life) => !isMarked(life)),
      marked: again.filter(isMarked),
      joins: this.joins.filter(({ from }) => this.stored.has(from)),
      aliases: [...this.moved].flatMap((key) => this.owners.get(key) ?? []),
    };
  }

  private own(alias: KnownAlias): void {
    this.owners.set(keyOf(alias), alias);
    this.moved.add(keyOf(alias));
  }

  private lifeOf(id: number): Life {
    const life = this.lives.get(id);
    if (life === undefined) throw new DefectError('INVARIANT_BROKEN', 'An alias has no life.');
    return life;
  }

  /** The eldest takes the others in. */
  private join(lives: readonly Life[]): Life | null {
    const [first, ...rest] = [...lives].sort(byAge);
    if (first === undefined) return null;
    let eldest = first;
    for (const other of rest) {
      eldest = joined(eldest, other);
      this.lives.delete(other.id);
      this.joins.push({ from: other.id, into: eldest.id });
      for (const alias of this.owners.values()) {
        if (alias.lifeId === other.id) this.own({ ...alias, lifeId: eldest.id });
      }
    }
    return eldest;
  }

  private seen(life: Life | null, sighting: Sighting): Life {
    const { seq, seenAt } = this.round;
    const fresh: Life = {
      ...lookOf(sighting),
      id: life?.id ?? this.nextId++,
      firstSeenAt: life?.firstSeenAt ?? seenAt,
      firstRound: life?.firstRound ?? seq,
      lastRound: seq,
      closedAt: null,
    };
    return life?.lastRound === seq ? together(life, fresh) : fresh;
  }
}

type Look = Pick<
  Life,
  'placeId' | 'fingerprint' | 'scanner' | 'severity' | 'reporters' | 'state' | 'lastNumber'
>;

function lookOf({ number, ...sighting }: Sighting): Look {
  const { placeId, fingerprint, scanner, severity } = sighting;
  return {
    placeId,
    fingerprint,
    scanner,
    severity,
    reporters: namesOf([scanner, ...sighting.aliases.map((alias) => alias.scanner)]),
    state: sighting.isSuppressed ? 'suppressed' : 'open',
    lastNumber: number,
  };
}

/** Two sightings of one life in the same scan: an active one comes before a suppressed one, then the worse, then the first. */
function together(one: Life, other: Life): Life {
  const main = isBefore(other, one) ? other : one;
  const reporters = namesOf([...one.reporters.split(','), ...other.reporters.split(',')]);
  return { ...one, ...lookOfLife(main), reporters };
}

function lookOfLife(life: Life): Look {
  const { placeId, fingerprint, scanner, severity, reporters, state, lastNumber } = life;
  return { placeId, fingerprint, scanner, severity, reporters, state, lastNumber };
}

function isBefore(one: Life, other: Life): boolean {
  if (one.state !== other.state) return one.state === 'open';
  return SEVERITIES.indexOf(one.severity) < SEVERITIES.indexOf(other.severity);
}

/** What was last seen later tells how it looks; of the same scan both do. */
function joined(eldest: Life, other: Life): Life {
  if (other.lastRound < eldest.lastRound) return eldest;
  if (other.lastRound === eldest.lastRound) return together(eldest, other);
  const { lastRound, closedAt } = other;
  return { ...eldest, ...lookOfLife(other), lastRound, closedAt };
}

function byAge(one: Life, other: Life): number {
  return compareCodePoints(one.firstSeenAt, other.firstSeenAt) || one.id - other.id;
}

function saysTheSame(life: Life, stored: Life | undefined): boolean {
  return (
    stored !== undefined &&
    life.fingerprint === stored.fingerprint &&
    life.scanner === stored.scanner &&
    life.severity === stored.severity &&
    life.reporters === stored.reporters &&
    life.state === stored.state
  );
}

function fingerprintsOf({ fingerprint, aliases }: Sighting): readonly string[] {
  return [...new Set([fingerprint, ...aliases.map((alias) => alias.fingerprint)])];
}

function namesOf(scanners: readonly string[]): string {
  return [...new Set(scanners)].sort(compareCodePoints).join(',');
}

function keyOf({ placeId, fingerprint }: Pick<KnownAlias, 'placeId' | 'fingerprint'>): string {
  return `${placeId} ${fingerprint}`;
}
