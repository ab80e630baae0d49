import { Injectable, computed, inject, signal } from '@angular/core';
import type { BulkDecisionBody, FindingStateBody } from '@securescan/contracts';
import { toProblem } from '../core/errors/problem';
import { Toaster } from '../core/toasts/toaster';
import { CLOCK } from '../ui/time/ticker';
import { FindingList } from './finding-list';
import { VerdictApi } from './verdict-api';
import {
  type BulkStep,
  type Decision,
  type Former,
  type Reach,
  type Decidable,
  type Undoable,
  bulkSteps,
  stateAfter,
  stepsBack,
  subjectKey,
  subjectOf,
} from './verdict-steps';
import { VERDICT_WORDS } from './verdict-words';

const SAMPLE_SIZE = 20;

/** What a decision about many would do, as the server says. */
export interface Preview {
  readonly matched: number;
  readonly changed: number;
  readonly unknown: number;
  readonly sample: BulkDecisionBody['sample'];
}

/**
 * Gives verdicts. The list shows each at once, and again what was before where the server refuses it. The last decision can be
 * taken back, which is a decision like any other and stands in the history.
 */
@Injectable()
export class VerdictWriter {
  private readonly api = inject(VerdictApi);
  private readonly list = inject(FindingList);
  private readonly toaster = inject(Toaster);
  private readonly clock = inject(CLOCK);

  private readonly work = signal<string | null>(null);
  private readonly undoable = signal<readonly Undoable[]>([]);
  private readonly changes = signal(0);

  /** What is being done to many findings; `null` while nothing is. */
  readonly working = this.work.asReadonly();
  readonly canUndo = computed(() => this.undoable().length > 0 && this.work() === null);
  /** Moves with every change of a verdict, for whatever counts or tells of them. */
  readonly version = this.changes.asReadonly();

  /** Decides about one finding. Resolves to whether the server took it. */
  async decide(subject: Decidable, decision: Decision, reach: Reach): Promise<boolean> {
    this.show([subject], ({ state }) => stateAfter({ ...subject, state }, decision, reach));
    try {
      const formers = await this.api.formersOf([subject], reach);
      const state = await this.api.decide(subject, decision, reach);
      const isHidden = reach === 'everywhere' && (subject.state?.project ?? null) !== null;
      this.show([subject], () => (isHidden ? subject.state : state));
      const still = isHidden ? '; the verdict of this project still comes before it' : '';
      this.done(`${VERDICT_WORDS[decision.status].label} ${placeWords(reach)}${still}`, formers);
      return true;
    } catch (error) {
      // Expected: the server refuses the decision, or is away. What was before is shown again.
      this.show([subject], () => subject.state);
      this.fail('The verdict was not changed', error);
      return false;
    }
  }

  /** Takes back what was decided in the finding's project, so that the verdict for everywhere counts again. */
  async withdraw(subject: Decidable): Promise<boolean> {
    try {
      const formers = await this.api.formersOf([subject], 'project');
      await this.api.withdraw(subject);
      const state = await this.api.stateOf(subject);
      this.show([subject], () => state);
      this.done('Taken back in this project; what holds everywhere counts', formers);
      return true;
    } catch (error) {
      // Expected: the server refuses, or is away. Nothing was changed on screen.
      this.fail('The verdict was not taken back', error);
      return false;
    }
  }

  /** What deciding about all of them would do. Rejects with what the request failed with. */
  async preview(
    subjects: readonly Decidable[],
    decision: Decision,
    reach: Reach,
  ): Promise<Preview> {
    const answers: BulkDecisionBody[] = [];
    for (const step of bulkSteps(subjects, decision, reach)) {
      answers.push(await this.api.decideMany(step, true));
    }
    const total = (of: (answer: BulkDecisionBody) => number): number =>
      answers.reduce((sum, answer) => sum + of(answer), 0);
    return {
      matched: total(({ matched }) => matched),
      changed: total(({ changed }) => changed),
      unknown: total(({ unknown }) => unknown.length),
      sample: answers.flatMap(({ sample }) => sample).slice(0, SAMPLE_SIZE),
    };
  }

  /** Decides the same about all of them. Resolves to whether the server took all of it. */
  async decideAll(
    subjects: readonly Decidable[],
    decision: Decision,
    reach: Reach,
  ): Promise<boolean> {
    this.work.set(`Deciding about ${counted(subjects.length)}`);
    const decided: Undoable[] = [];
    let changed = 0;
    try {
      const formers = await this.api.formersOf(subjects, reach);
      for (const step of bulkSteps(subjects, decision, reach)) {
        changed += (await this.api.decideMany(step, false)).changed;
        decided.push(...formers.filter(({ former }) => isOf(step, former)));
      }
      const label = VERDICT_WORDS[decision.status].label;
      const text = `${label} ${placeWords(reach)}: ${changed} of ${counted(subjects.length)} changed`;
      this.done(text, decided);
      return true;
    } catch (error) {
      // Expected: the server refuses a step, or is away. What earlier steps decided holds, and can be undone.
      this.fail(
        decided.length === 0
          ? 'No verdict was changed'
          : `Only ${counted(decided.length)} of ${subjects.length} were decided about`,
        error,
        decided,
      );
      return false;
    } finally {
      const about = decided.map(({ subject }) => subject);
      this.show(about, (subject) => stateAfter(subject, decision, reach));
      this.work.set(null);
    }
  }

  /** Restores the verdicts before the last decision. */
  async undo(): Promise<void> {
    if (this.canUndo()) await this.restore(this.undoable());
  }

  private async restore(undone: readonly Undoable[]): Promise<void> {
    this.work.set(`Restoring ${counted(undone.length)}`);
    const left = new Set(undone.map(({ former }) => former));
    try {
      const { again, withdrawn } = stepsBack([...left], this.clock());
      for (const step of again) {
        await this.api.decideMany(step, false);
        for (const former of left) if (isOf(step, former)) left.delete(former);
      }
      await this.api.withdrawMany(withdrawn, (former) => left.delete(former));
      this.done(`Former verdict restored: ${counted(undone.length)}`, []);
    } catch (error) {
      // Expected: the server is away. What is not restored yet can be tried again.
      const again = undone.filter(({ former }) => left.has(former));
      this.fail(`Former verdict not restored: ${counted(again.length)}`, error, again);
    } finally {
      const back = undone.filter(({ former }) => !left.has(former));
      const states = new Map(back.map(({ subject }) => [subjectKey(subject), subject.state]));
      const about = back.map(({ subject }) => subject);
      this.show(about, (subject) => states.get(subjectKey(subject)) ?? null);
      this.work.set(null);
    }
  }

  /** Shows what counts now in the rows of some findings; `state` gets the row as it is. */
  private show(
    subjects: readonly Decidable[],
    state: (row: Decidable) => FindingStateBody | null,
  ): void {
    const keys = new Set(subjects.map(subjectKey));
    this.list.patch(
      (row) => keys.has(subjectKey(subjectOf(row))),
      (row) => state(subjectOf(row)),
    );
  }

  private done(text: string, undoable: readonly Undoable[]): void {
    const undo = { label: 'Undo', run: () => void this.restore(undoable) };
    this.toaster.done(text, undoable.length > 0 ? undo : null);
    this.changed(undoable);
  }

  private fail(text: string, error: unknown, undoable: readonly Undoable[] = []): void {
    this.toaster.failed(text, toProblem(error));
    this.changed(undoable);
  }

  private changed(undoable: readonly Undoable[]): void {
    this.undoable.set(undoable);
    this.changes.update((count) => count + 1);
  }
}

/** `1 finding`, `12 findings`. */
export function counted(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}

function placeWords(reach: Reach): string {
  return reach === 'project' ? 'in this project' : 'everywhere';
}

function isOf(step: BulkStep, { fingerprint, project }: Former): boolean {
  return step.project === project && step.fingerprints.includes(fingerprint);
}
