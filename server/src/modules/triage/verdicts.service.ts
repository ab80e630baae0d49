import { Injectable } from '@nestjs/common';
import type { FindingStateBody, Verdict } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import {
  FINGERPRINTS_OF_A_BATCH,
  type StoredVerdict,
  VerdictsRepository,
} from './verdicts.repository';

function toStateBody(state: StoredVerdict): FindingStateBody {
  return {
    fingerprint: state.fingerprint,
    status: state.status,
    note: state.note,
    updated_at: state.updatedAt,
    updated_by: state.updatedBy,
  };
}

/** What people decided about findings. */
@Injectable()
export class VerdictsService {
  constructor(private readonly verdicts: VerdictsRepository) {}

  /** The verdict that counts for each fingerprint in a project: the project's own wins over the one for everywhere. */
  async verdictsFor(
    project: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, FindingStateBody>> {
    if (fingerprints.length === 0) return new Map();
    const [everywhere, inProject] = await Promise.all([
      this.verdicts.everywhere(fingerprints),
      this.verdicts.inProject(project, fingerprints),
    ]);
    return new Map(
      [...everywhere, ...inProject].map((state) => [state.fingerprint, toStateBody(state)]),
    );
  }

  /** Every fingerprint whose verdict that counts in a project is the given one, in batches. */
  async *decidedAs(project: string, status: Verdict): AsyncGenerator<readonly string[]> {
    yield* batches((after) => this.verdicts.withStatusInProject(project, status, after));
    yield* batches((after) => this.verdicts.withStatusEverywhere(project, status, after));
  }
}

async function* batches(
  read: (after: string) => Promise<string[]>,
): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const batch = await read(after);
    if (batch.length > 0) yield batch;
    if (batch.length < FINGERPRINTS_OF_A_BATCH) return;
    after = batch.at(-1) ?? after;
    await nextTurn();
  }
}
