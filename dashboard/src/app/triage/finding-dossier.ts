import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import type {
  FindingCommentBody,
  FindingOverviewBody,
  FindingPlaceBody,
  FindingVerdictsBody,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { heldValue } from '../core/api/held-value';
import { CursorPaging } from '../core/api/list-page';
import { commentRoute, findingRoute } from '../core/api/routes';
import {
  type ListedChange,
  parseChanges,
  parseComments,
  parseOverview,
  parsePlaces,
  parseVerdicts,
} from '../core/api/wire-triage';
import { type Problem, toProblem } from '../core/errors/problem';
import { OpenedFinding } from './opened-finding';
import type { VerdictDraft } from './verdict-draft';
import type { Decidable } from './verdict-steps';
import { VerdictWriter } from './verdict-writer';

const CHANGES_OF_A_PAGE = 10;
const PLACES_OF_A_PAGE = 10;
const COMMENTS_OF_A_PAGE = 100;

/** Who is asked about: a finding, in the project that its verdict is decided in. */
type Person = Pick<Decidable, 'fingerprint' | 'project'>;

/** What is known of one finding beside what its scan says: verdicts, changes, comments, places. */
@Injectable()
export class FindingDossier {
  private readonly http = inject(HttpClient);
  private readonly writer = inject(VerdictWriter);

  /** The finding itself, as its list tells it. */
  readonly row = inject(OpenedFinding).row;
  private readonly subject = computed<Person | null>(
    () => {
      const row = this.row();
      return row === null ? null : { fingerprint: row.finding.fingerprint, project: row.project };
    },
    { equal: isSame },
  );
  private readonly fingerprint = computed(() => this.subject()?.fingerprint ?? null);
  private readonly failure = signal<{ text: string; problem: Problem } | null>(null);
  private readonly sending = signal(false);

  /** The comment and the verdict that are being written, kept while the row is scrolled away. */
  readonly draft = linkedSignal<string | null, string>({
    source: this.fingerprint,
    computation: () => '',
  });
  /** `null` while nobody has changed what is decided. */
  readonly verdictDraft = linkedSignal<Person | null, VerdictDraft | null>({
    source: this.subject,
    computation: () => null,
  });
  readonly commentFailure = this.failure.asReadonly();
  readonly isSending = this.sending.asReadonly();

  private readonly verdictsRead = httpResource<FindingVerdictsBody>(
    () => {
      this.writer.version();
      const subject = this.subject();
      if (subject === null) return undefined;
      const url = findingRoute(subject.fingerprint, 'state');
      return { url, params: { project: subject.project } };
    },
    { parse: parseVerdicts },
  );
  readonly verdicts = heldValue(this.verdictsRead, this.subject);

  private readonly overviewRead = httpResource<FindingOverviewBody>(
    () => {
      const fingerprint = this.fingerprint();
      return fingerprint === null ? undefined : findingRoute(fingerprint);
    },
    { parse: parseOverview },
  );
  readonly overview = heldValue(this.overviewRead, this.fingerprint);

  private readonly changePaging = new CursorPaging(CHANGES_OF_A_PAGE, this.fingerprint);
  private readonly changesRead = httpResource<ListedChange[]>(
    () => {
      this.writer.version();
      return this.pageOf('history', CHANGES_OF_A_PAGE, this.changePaging.cursor());
    },
    { parse: parseChanges },
  );
  readonly changes = heldValue(this.changesRead, this.fingerprint);
  readonly changeWindow = computed(() =>
    this.changePaging.describe(shown(this.changes()), this.changesRead.headers()),
  );

  private readonly placePaging = new CursorPaging(PLACES_OF_A_PAGE, this.fingerprint);
  private readonly placesRead = httpResource<FindingPlaceBody[]>(
    () => this.pageOf('places', PLACES_OF_A_PAGE, this.placePaging.cursor()),
    { parse: parsePlaces },
  );
  readonly places = heldValue(this.placesRead, this.fingerprint);
  readonly placeWindow = computed(() =>
    this.placePaging.describe(shown(this.places()), this.placesRead.headers()),
  );

  private readonly commentPaging = new CursorPaging(COMMENTS_OF_A_PAGE, this.subject);
  private readonly commentsRead = httpResource<FindingCommentBody[]>(
    () => {
      const request = this.pageOf('comments', COMMENTS_OF_A_PAGE, this.commentPaging.cursor());
      const project = this.subject()?.project;
      if (request === undefined || project === undefined) return undefined;
      return { ...request, params: { ...request.params, project } };
    },
    { parse: parseComments },
  );
  readonly comments = heldValue(this.commentsRead, this.subject);
  readonly commentWindow = computed(() =>
    this.commentPaging.describe(shown(this.comments()), this.commentsRead.headers()),
  );

  turnChanges(isForward: boolean): void {
    turn(this.changePaging, isForward, this.changesRead.headers());
  }

  turnPlaces(isForward: boolean): void {
    turn(this.placePaging, isForward, this.placesRead.headers());
  }

  turnComments(isForward: boolean): void {
    turn(this.commentPaging, isForward, this.commentsRead.headers());
  }

  retry(): void {
    for (const one of [this.verdictsRead, this.overviewRead, this.changesRead, this.placesRead]) {
      if (one.error() !== undefined) one.reload();
    }
    if (this.commentsRead.error() !== undefined) this.commentsRead.reload();
  }

  /** Says what is in the draft. It is taken away only once the server has it. */
  async addComment(isEverywhere: boolean): Promise<void> {
    const subject = this.subject();
    const text = this.draft().trim();
    if (subject === null || text === '') return;
    const body = { text, ...(isEverywhere ? {} : { project: subject.project }) };
    const url = findingRoute(subject.fingerprint, 'comments');
    await this.write('The comment was not saved', async () => {
      await firstValueFrom(this.http.post(url, body));
      if (isSame(this.subject(), subject)) this.draft.set('');
    });
  }

  async removeComment(id: string): Promise<void> {
    const fingerprint = this.fingerprint();
    if (fingerprint === null) return;
    await this.write('The comment was not deleted', async () => {
      await firstValueFrom(this.http.delete(commentRoute(fingerprint, id)));
    });
  }

  private async write(text: string, send: () => Promise<void>): Promise<void> {
    this.sending.set(true);
    this.failure.set(null);
    try {
      await send();
      this.commentsRead.reload();
      this.verdictsRead.reload();
      this.changesRead.reload();
    } catch (error) {
      // Expected: the server refuses, or is away. The page shows which; what was written is still there.
      this.failure.set({ text, problem: toProblem(error) });
    } finally {
      this.sending.set(false);
    }
  }

  private pageOf(
    below: 'history' | 'places' | 'comments',
    limit: number,
    cursor: string | undefined,
  ): { url: string; params: Record<string, string | number> } | undefined {
    const fingerprint = this.fingerprint();
    if (fingerprint === null) return undefined;
    const params = { limit, ...(cursor === undefined ? {} : { cursor }) };
    return { url: findingRoute(fingerprint, below), params };
  }
}

function isSame(a: Person | null, b: Person | null): boolean {
  return a?.fingerprint === b?.fingerprint && a?.project === b?.project;
}

function shown(loaded: { state: string; value?: readonly unknown[] }): number {
  return loaded.value?.length ?? 0;
}

function turn(
  paging: CursorPaging,
  isForward: boolean,
  headers: Parameters<CursorPaging['forward']>[0],
): void {
  if (isForward) paging.forward(headers);
  else paging.back();
}
