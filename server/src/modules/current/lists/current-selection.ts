import { Injectable } from '@nestjs/common';
import { FindingListQueryDto } from '../../findings/dto/finding-list.dto';
import { FindingSelection } from '../../findings/lists/finding-selection';
import { SUPPRESSED } from '../../findings/lists/finding-runs';
import {
  complementOf,
  intersectionOf,
  type PositionSet,
  unionOf,
} from '../../findings/lists/position-set';
import { valuesAskedFor } from '../../findings/lists/values-asked-for';
import type { CurrentFindingListQueryDto } from '../dto/current-finding-list.dto';
import { CurrentIndexRepository, type CurrentScope } from './current-index.repository';
import { DecidedFindings } from './decided-findings';
import { PlacesByScan } from './places-by-scan';

const LAST_PLACE = Number.MAX_SAFE_INTEGER;

/** Turns the filters of a list over all scans into the set of places that pass all of them. */
@Injectable()
export class CurrentSelection {
  constructor(
    private readonly index: CurrentIndexRepository,
    private readonly scanSelection: FindingSelection,
    private readonly decided: DecidedFindings,
  ) {}

  /** Sets may be walked once, and afresh from the beginning as often as one likes. */
  async select(query: CurrentFindingListQueryDto): Promise<PositionSet> {
    const scope = { targetId: query.target ?? null, project: query.project ?? null };
    const sets: PositionSet[] = valuesAskedFor(query).map(([field, values]) =>
      unionOf(values.map((value) => this.index.withValue(field, value))),
    );
    if (query.suppressed !== undefined) {
      const muted = this.index.withValue('suppressed', SUPPRESSED);
      sets.push(query.suppressed ? muted : complementOf(muted, LAST_PLACE));
    }
    sets.push(...(await this.setsByScan(scope, query)));
    return intersectionOf([...sets, ...this.shown(scope)]);
  }

  /** Last in an intersection: where a filter lets nothing through, none of it is read. */
  private shown(scope: CurrentScope): PositionSet[] {
    const { targetId, project } = scope;
    if (targetId === null || project === null) return [this.index.shown(scope)];
    // A target of another project has nothing in this one.
    return [
      this.index.shown({ targetId, project: null }),
      this.index.shown({ targetId: null, project }),
    ];
  }

  /** What has to be asked of each scan for itself. */
  private async setsByScan(
    scope: CurrentScope,
    { status, q }: CurrentFindingListQueryDto,
  ): Promise<PositionSet[]> {
    if (status === undefined && q === undefined) return [];
    const scans = await this.index.scans(scope);
    const sets: PositionSet[] = [];
    if (status !== undefined) sets.push(new PlacesByScan(scans, await this.decided.with(status)));
    if (q !== undefined) {
      const words = Object.assign(new FindingListQueryDto(), { q });
      sets.push(new PlacesByScan(scans, (scan) => this.scanSelection.select(scan, words)));
    }
    return sets;
  }
}
