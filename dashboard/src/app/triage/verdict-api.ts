import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { BulkDecisionBody, FindingStateBody } from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { API, findingRoute } from '../core/api/routes';
import { parseBulk, parseState, parseVerdicts } from '../core/api/wire-triage';
import {
  type BulkStep,
  type Decision,
  type Former,
  type Reach,
  type Decidable,
  type Undoable,
  formerOf,
} from './verdict-steps';

/** Requests about single findings that run at a time. */
const LANES = 4;

/** The requests that verdicts are asked for and given with. Each rejects with what it failed with. */
@Injectable()
export class VerdictApi {
  private readonly http = inject(HttpClient);

  async decide(
    { fingerprint, project }: Decidable,
    decision: Decision,
    reach: Reach,
  ): Promise<FindingStateBody> {
    const body = { ...decision, ...(reach === 'project' ? { project } : {}) };
    const answer = this.http.patch<unknown>(findingRoute(fingerprint, 'state'), body);
    return parseState(await firstValueFrom(answer));
  }

  async decideMany(step: BulkStep, isDryRun: boolean): Promise<BulkDecisionBody> {
    const { project, decision, fingerprints } = step;
    const place = project === null ? {} : { project };
    const body = { ...decision, ...place, fingerprints, dry_run: isDryRun };
    return parseBulk(await firstValueFrom(this.http.post<unknown>(API.bulkDecision, body)));
  }

  async withdraw({
    fingerprint,
    project,
  }: Pick<Decidable, 'fingerprint' | 'project'>): Promise<void> {
    const params = { project };
    await firstValueFrom(this.http.delete(findingRoute(fingerprint, 'state'), { params }));
  }

  async withdrawMany(formers: readonly Former[], done: (one: Former) => void): Promise<void> {
    await inLanes(formers, async (one) => {
      await this.withdraw({ fingerprint: one.fingerprint, project: one.project ?? '' });
      done(one);
    });
  }

  /** What counts in the finding's project now. */
  async stateOf({ fingerprint, project }: Decidable): Promise<FindingStateBody | null> {
    const route = findingRoute(fingerprint, 'state');
    const answer = this.http.get<unknown>(route, { params: { project } });
    return parseVerdicts(await firstValueFrom(answer)).state;
  }

  /** What a decision would replace. Where the project's own verdict hides the one for everywhere, the server is asked. */
  async formersOf(subjects: readonly Decidable[], reach: Reach): Promise<readonly Undoable[]> {
    const found: Undoable[] = [];
    const hidden: Decidable[] = [];
    for (const subject of subjects) {
      const former = formerOf(subject, reach);
      if (former === undefined) hidden.push(subject);
      else found.push({ subject, former });
    }
    await inLanes(hidden, async (subject) => {
      const { fingerprint } = subject;
      const answer = this.http.get<unknown>(findingRoute(fingerprint, 'state'));
      const { everywhere } = parseVerdicts(await firstValueFrom(answer));
      found.push({ subject, former: { fingerprint, project: null, verdict: everywhere } });
    });
    return found;
  }
}

/** Does the same for all, some at a time; the first failure ends it. */
async function inLanes<T>(all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await one(next);
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    waiting.length = 0;
    throw error;
  }
}
