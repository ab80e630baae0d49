import { Injectable } from '@nestjs/common';
import type {
  AuditAction,
  FindingCommentBody,
  FindingCommentRequestBody,
  Scope,
} from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { Authors } from './authors.service';
import type { FindingCommentEntity } from './finding-comment.entity';
import { FindingComments } from './finding-comments.repository';
import { toCommentBody } from './finding-comments.service';
import { CommentNotFoundError, CommentNotOwnError } from './triage.errors';
import { VerdictChanges } from './verdict-changes';

/** Who speaks, and what else they may do. */
export interface Speaker {
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
}

/** What callers may do to comments. */
@Injectable()
export class CommentCommands {
  constructor(
    private readonly comments: FindingComments,
    private readonly changes: VerdictChanges,
    private readonly authors: Authors,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Where nobody has decided about the finding, this makes it `new` for everywhere: comments hang on that row.
   * @throws FindingNotFoundError
   */
  async create(
    fingerprint: string,
    request: FindingCommentRequestBody,
    actor: Actor,
  ): Promise<FindingCommentBody> {
    const createdAt = this.clock.now().toISOString();
    return this.units.run(async (tx) => {
      const by = await this.authors.of(tx, actor, request.author);
      const comment: Fields<FindingCommentEntity> = {
        id: globalThis.crypto.randomUUID(),
        fingerprint,
        project: request.project ?? null,
        text: request.text,
        author: by.name,
        principalId: by.principalId,
        createdAt,
      };
      await this.changes.ensureRow(tx, { fingerprint, at: createdAt, by });
      await this.comments.insert(tx, comment);
      await this.record(tx, actor, 'comment.created', comment);
      return toCommentBody(comment);
    });
  }

  /** @throws CommentNotFoundError @throws CommentNotOwnError */
  async delete(fingerprint: string, id: string, { actor, scopes }: Speaker): Promise<void> {
    await this.units.run(async (tx) => {
      const comment = await this.comments.find(tx, id);
      if (comment?.fingerprint !== fingerprint) throw new CommentNotFoundError();
      const { principalId } = await this.authors.of(tx, actor, null);
      const isOwn = principalId !== null && principalId === comment.principalId;
      if (!isOwn && !scopes.includes('admin')) throw new CommentNotOwnError();
      await this.comments.remove(tx, id);
      await this.record(tx, actor, 'comment.deleted', comment);
    });
  }

  private async record(
    tx: Transaction,
    actor: Actor,
    action: Extract<AuditAction, `comment.${string}`>,
    { id, fingerprint, project, author }: Fields<FindingCommentEntity>,
  ): Promise<void> {
    const details = { comment_id: id, project, author };
    const subjectId = fingerprint;
    await this.audit.record(tx, actor, { action, subjectType: 'finding', subjectId, details });
  }
}
