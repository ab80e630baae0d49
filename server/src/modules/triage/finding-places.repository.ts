import { Injectable } from '@nestjs/common';
import type { FindingPlaceBody, FindingSightingBody, ScanOrigin } from '@securescan/contracts';
import { ReadDatabase } from '../../database/database';

/** CROSS JOIN keeps the order of the tables: a fingerprint has an index within each scan only. @param count of fingerprints */
const places = (count: number): string => `FROM "scans" AS "scan" CROSS JOIN "findings" AS "finding"
  ON "finding"."scan_id" = "scan"."id" AND "finding"."fingerprint" IN (${Array(count).fill('?').join(', ')})
  WHERE "scan"."status" = 'completed' AND "scan"."hidden_at" IS NULL`;

const SIGHTING = `"scan"."id" AS "scan_id", "scan"."project" AS "project", "scan"."created_at" AS "seen_at"`;

const SHOWN = `${SIGHTING}, "scan"."origin" AS "origin", "finding"."id" AS "id", "finding"."number" AS "number",
  "occurrence", "scanner", "scan_type", "severity", "title", "rule_id", "cwe", "file_path",
  "line" AS "line_start", "line_end",
  json_extract("metadata_json", '$.suppressed_by') IS NOT NULL AS "suppressed"`;

/** Every statement that finds the places of so many fingerprints; a test asks the database how it would run each. */
export const PLACE_STATEMENTS = {
  page: (
    count: number,
  ): string => `SELECT ${SHOWN} ${places(count)} AND ("scan"."created_at", "scan"."id") <= (?, ?)
      AND ("scan"."id" <> ? OR "finding"."number" > ?)
    ORDER BY "scan"."created_at" DESC, "scan"."id" DESC, "finding"."number" LIMIT ?`,
  totals: (
    count: number,
  ): string => `SELECT "scan"."origin" AS "origin", count(DISTINCT "scan"."id") AS "scans", count(*) AS "places"
    ${places(count)} GROUP BY "scan"."origin"`,
  first: (count: number): string => `SELECT ${SIGHTING} ${places(count)} AND "scan"."origin" = ?
    ORDER BY "scan"."created_at", "scan"."id" LIMIT 1`,
  last: (count: number): string => `SELECT ${SIGHTING} ${places(count)} AND "scan"."origin" = ?
    ORDER BY "scan"."created_at" DESC, "scan"."id" DESC LIMIT 1`,
} as const;

/** Where a page goes on. */
export interface PlacePosition {
  readonly seenAt: string;
  readonly scanId: string;
  readonly number: number;
}

/** Behind every time that there is. */
const BEGINNING: PlacePosition = { seenAt: '~', scanId: '', number: -1 };

type Row = Omit<FindingPlaceBody, 'suppressed'> & { readonly number: number; suppressed: number };

export interface NumberedPlace {
  readonly place: FindingPlaceBody;
  readonly number: number;
}

interface Totals {
  readonly origin: ScanOrigin;
  readonly scans: number;
  readonly places: number;
}

/** Where a finding was, in every scan that has completed, by all of its fingerprints. */
@Injectable()
export class FindingPlaces {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest scan first, within one in canonical order. */
  async page(
    fingerprints: readonly string[],
    after: PlacePosition | null,
    limit: number,
  ): Promise<NumberedPlace[]> {
    const { seenAt, scanId, number } = after ?? BEGINNING;
    const parameters = [...fingerprints, seenAt, scanId, scanId, number, limit];
    const rows = await this.database.manager.query<Row[]>(
      PLACE_STATEMENTS.page(fingerprints.length),
      parameters,
    );
    return rows.map(({ number: at, suppressed, ...place }) => ({
      place: { ...place, suppressed: suppressed === 1 },
      number: at,
    }));
  }

  async totals(fingerprints: readonly string[]): Promise<ReadonlyMap<ScanOrigin, Totals>> {
    const rows = await this.database.manager.query<Totals[]>(
      PLACE_STATEMENTS.totals(fingerprints.length),
      [...fingerprints],
    );
    return new Map(rows.map((row) => [row.origin, row]));
  }

  /** The first and the last scan of an origin that has it. */
  async ends(
    fingerprints: readonly string[],
    origin: ScanOrigin,
  ): Promise<Readonly<Record<'first' | 'last', FindingSightingBody | null>>> {
    const parameters = [...fingerprints, origin];
    const { length } = fingerprints;
    const { manager } = this.database;
    const [first] = await manager.query<FindingSightingBody[]>(
      PLACE_STATEMENTS.first(length),
      parameters,
    );
    const [last] = await manager.query<FindingSightingBody[]>(
      PLACE_STATEMENTS.last(length),
      parameters,
    );
    return { first: first ?? null, last: last ?? null };
  }
}
