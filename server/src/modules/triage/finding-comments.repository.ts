import { Injectable } from '@nestjs/common';
import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingCommentEntity } from './finding-comment.entity';

export interface CommentFilter {
  readonly fingerprint: string;
  /** `null`: those of all projects. */
  readonly project: string | null;
}

/** Where a page goes on. */
export interface CommentPosition {
  readonly createdAt: string;
  readonly id: string;
}

@Injectable()
export class FindingComments {
  constructor(private readonly database: ReadDatabase) {}

  /** Oldest first. */
  async page(
    filter: CommentFilter,
    after: CommentPosition | null,
    limit: number,
  ): Promise<FindingCommentEntity[]> {
    const query = this.filtered(filter)
      .orderBy('comment.createdAt', 'ASC')
      .addOrderBy('comment.id', 'ASC')
      .limit(limit);
    if (after !== null) {
      query.andWhere('(comment.createdAt, comment.id) > (:createdAt, :id)', { ...after });
    }
    return query.getMany();
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: CommentFilter, limit: number): Promise<number> {
    return countUpTo(this.filtered(filter), limit);
  }

  async find({ manager }: Transaction, id: string): Promise<FindingCommentEntity | null> {
    return manager.findOneBy(FindingCommentEntity, { id });
  }

  async insert({ manager }: Transaction, comment: Fields<FindingCommentEntity>): Promise<void> {
    await manager.insert(FindingCommentEntity, comment);
  }

  async remove({ manager }: Transaction, id: string): Promise<void> {
    await manager.delete(FindingCommentEntity, { id });
  }

  private filtered({
    fingerprint,
    project,
  }: CommentFilter): SelectQueryBuilder<FindingCommentEntity> {
    const query = this.database.manager
      .createQueryBuilder(FindingCommentEntity, 'comment')
      .where('comment.fingerprint = :fingerprint', { fingerprint });
    if (project === null) return query;
    return query.andWhere(
      new Brackets((either) =>
        either.where('comment.project IS NULL').orWhere('comment.project = :project', { project }),
      ),
    );
  }
}
