import { Injectable } from '@nestjs/common';
import type { FindingOverviewBody, FindingPlaceBody } from '@securescan/contracts';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, type PageQueryDto, totalOf } from '../../common/pagination';
import { FindingAliases } from './finding-aliases.repository';
import { FindingComments } from './finding-comments.repository';
import { FindingPlaces, type PlacePosition } from './finding-places.repository';
import { KnownFindings } from './known-findings.repository';
import { VerdictHistory } from './verdict-history.repository';
import { VerdictsService } from './verdicts.service';

/** A finding across scans. */
@Injectable()
export class FindingOverviews {
  constructor(
    private readonly places: FindingPlaces,
    private readonly verdicts: VerdictsService,
    private readonly history: VerdictHistory,
    private readonly comments: FindingComments,
    private readonly known: KnownFindings,
    private readonly aliases: FindingAliases,
  ) {}

  /** @throws FindingNotFoundError */
  async overview(fingerprint: string, project: string | null): Promise<FindingOverviewBody> {
    await this.known.assertKnown(fingerprint);
    const identity = await this.aliases.identityOf(fingerprint);
    const totals = await this.places.totals(identity);
    const own = await this.places.ends(identity, 'scan');
    const imported = await this.places.ends(identity, 'import');
    const [latest] = await this.places.page(identity, null, 1);
    const everybodys = { fingerprint, project: null };
    return {
      ...(await this.verdicts.verdictsOn(fingerprint, project)),
      latest: latest?.place ?? null,
      first_seen: own.first,
      last_seen: own.last,
      first_imported: imported.first,
      last_imported: imported.last,
      scans_count: totals.get('scan')?.scans ?? 0,
      imports_count: totals.get('import')?.scans ?? 0,
      places_count: placesIn(totals),
      history_count: await this.history.count(fingerprint, COUNT_LIMIT),
      comments_count: await this.comments.count(everybodys, COUNT_LIMIT),
    };
  }

  /** Newest scan first. @throws FindingNotFoundError */
  async page(
    fingerprint: string,
    { limit, cursor }: PageQueryDto,
  ): Promise<Page<FindingPlaceBody>> {
    await this.known.assertKnown(fingerprint);
    const list = `places:${fingerprint}`;
    const identity = await this.aliases.identityOf(fingerprint);
    const found = await this.places.page(identity, positionOf(cursor, list), limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const next =
      last === undefined
        ? null
        : encodeCursor(list, [last.place.seen_at, last.place.scan_id, last.number]);
    const count = placesIn(await this.places.totals(identity));
    return new Page(
      shown.map(({ place }) => place),
      next,
      totalOf(count),
    );
  }
}

function placesIn(totals: ReadonlyMap<unknown, { readonly places: number }>): number {
  return [...totals.values()].reduce((sum, { places }) => sum + places, 0);
}

function positionOf(cursor: string | undefined, list: string): PlacePosition | null {
  if (cursor === undefined) return null;
  const [seenAt, scanId, number] = decodeCursor(list, ['string', 'string', 'number'], cursor);
  return { seenAt: String(seenAt), scanId: String(scanId), number: Number(number) };
}
