import { Injectable } from '@nestjs/common';
import { SEVERITIES } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { Clock } from '../../ports/clock.port';
import { AgesRepository } from './ages.repository';
import { DecidedLivesRepository } from './decided-lives.repository';
import { InsightScopes } from './insight-scopes.repository';

const ALWAYS = { after: '', until: '~' };

/** How many findings are open, over everything, and how many of them nobody has decided about. */
@Injectable()
export class OpenFindings {
  constructor(
    private readonly ages: AgesRepository,
    private readonly decided: DecidedLivesRepository,
    private readonly scopes: InsightScopes,
    private readonly clock: Clock,
  ) {}

  async counts(): Promise<{ readonly total: number; readonly undecided: number }> {
    const places = await this.scopes.standing({ project: null, targetId: null });
    let total = 0;
    for (const severity of SEVERITIES) {
      total += await this.ages.count(places, severity, ALWAYS);
      await nextTurn();
    }
    return { total, undecided: Math.max(0, total - (await this.decidedAt(new Set(places)))) };
  }

  private async decidedAt(places: ReadonlySet<number>): Promise<number> {
    let decided = 0;
    for await (const lives of this.decided.all(this.clock.now().toISOString())) {
      decided += lives.filter(
        ({ placeId, status }) => status !== 'new' && places.has(placeId),
      ).length;
    }
    return decided;
  }
}
