import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReadDatabase } from '../../database/database';
import { FindingStateEntity } from './finding-state.entity';
import { ProjectFindingStateEntity } from './project-finding-state.entity';

@Injectable()
export class VerdictsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async everywhere(fingerprints: readonly string[]): Promise<FindingStateEntity[]> {
    return this.database.manager.findBy(FindingStateEntity, { fingerprint: In([...fingerprints]) });
  }

  async inProject(
    project: string,
    fingerprints: readonly string[],
  ): Promise<ProjectFindingStateEntity[]> {
    return this.database.manager.findBy(ProjectFindingStateEntity, {
      project,
      fingerprint: In([...fingerprints]),
    });
  }
}
