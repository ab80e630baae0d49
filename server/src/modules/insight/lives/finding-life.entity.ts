import type { Severity } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IntegerColumn,
  KeyColumn,
  SequenceKeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../../database/columns';

/**
 * `fixed`: closed by a scan that covered it. `gone`: the same of one that was suppressed when it was last seen, so that nobody
 * fixed it.
 */
export const LIFE_STATES = ['open', 'suppressed', 'fixed', 'gone'] as const;
export type LifeState = (typeof LIFE_STATES)[number];

/**
 * What becomes of a finding at one place, however many scans report it and under whichever of its fingerprints. Scans are
 * named by their rounds. It stays when scans are deleted.
 */
@Entity('finding_lives')
@Index('idx_finding_lives_severity', ['placeId', 'state', 'severity', 'firstSeenAt'])
@Index('idx_finding_lives_age', ['placeId', 'state', 'firstSeenAt'])
@Index('idx_finding_lives_closed', ['placeId', 'state', 'closedAt', 'severity', 'firstSeenAt'])
export class FindingLifeEntity {
  @SequenceKeyColumn('id')
  id!: number;

  @ForeignKey(() => FindingPlaceEntity, { name: 'fk_finding_lives_place', onDelete: 'RESTRICT' })
  @IntegerColumn('place_id')
  placeId!: number;

  /** As it was listed when it was last seen, like scanner and severity. */
  @TextColumn('fingerprint')
  fingerprint!: string;

  @TextColumn('scanner')
  scanner!: string;

  @TextColumn('severity')
  severity!: Severity;

  /** Scanners that reported it when it was last seen, by name, with commas between. */
  @TextColumn('reporters')
  reporters!: string;

  @TextColumn('state')
  state!: LifeState;

  @TimestampColumn('first_seen_at')
  firstSeenAt!: string;

  @IntegerColumn('first_round')
  firstRound!: number;

  @IntegerColumn('last_round')
  lastRound!: number;

  /** `findings.number` of where it was last seen; the row may have gone with its scan. */
  @IntegerColumn('last_number')
  lastNumber!: number;

  @TimestampColumn('closed_at', { nullable: true })
  closedAt!: string | null;
}

/** Where findings live: a target, which is remembered here when its last scan has been deleted. */
@Entity('finding_places')
@Index('idx_finding_places_place', ['project', 'kind', 'place'], { unique: true })
export class FindingPlaceEntity {
  @SequenceKeyColumn('id')
  id!: number;

  @TextColumn('project')
  project!: string;

  @TextColumn('kind')
  kind!: string;

  @TextColumn('place')
  place!: string;
}

/** Every fingerprint that a life has been known by. */
@Entity('finding_life_aliases', { withoutRowid: true })
@Index('idx_finding_life_aliases_life', ['lifeId'])
export class FindingLifeAliasEntity {
  @KeyColumn('fingerprint')
  fingerprint!: string;

  @SequenceKeyColumn('place_id')
  placeId!: number;

  @ForeignKey(() => FindingLifeEntity, {
    name: 'fk_finding_life_aliases_life',
    onDelete: 'CASCADE',
  })
  @IntegerColumn('life_id')
  lifeId!: number;
}

/**
 * A completed scan in the line of those whose findings are taken into the lives, in the order in which scans completed. The
 * row stays when that is done, and when the scan is deleted: lives name their scans by it.
 */
@Entity('finding_rounds')
@Index('idx_finding_rounds_scan', ['scanId'], { unique: true })
@Index('idx_finding_rounds_open', ['isDone', 'seq'])
export class FindingRoundEntity {
  @SequenceKeyColumn('seq')
  seq!: number;

  @TextColumn('scan_id')
  scanId!: string;

  @TimestampColumn('seen_at')
  seenAt!: string;

  /** `findings.number` of the last one that was taken in. */
  @IntegerColumn('last_number', { default: 0 })
  lastNumber!: number;

  @IntegerColumn('is_done', { default: 0 })
  isDone!: number;
}
