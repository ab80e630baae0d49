import { Injectable } from '@nestjs/common';
import type { FindingStateBody } from '@securescan/contracts';
import type { FindingStateEntity } from './finding-state.entity';
import type { ProjectFindingStateEntity } from './project-finding-state.entity';
import { VerdictsRepository } from './verdicts.repository';

function toStateBody(state: FindingStateEntity | ProjectFindingStateEntity): FindingStateBody {
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
}
