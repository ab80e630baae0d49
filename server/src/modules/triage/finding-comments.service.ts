import { Injectable } from '@nestjs/common';
import type { FindingCommentBody } from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import type { Fields } from '../../common/fields';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import type { CommentListQueryDto } from './dto/finding-comment.dto';
import type { FindingCommentEntity } from './finding-comment.entity';
import { type CommentPosition, FindingComments } from './finding-comments.repository';
import { KnownFindings } from './known-findings.repository';

const DIGEST_LENGTH = 16;

export function toCommentBody(comment: Fields<FindingCommentEntity>): FindingCommentBody {
  return {
    id: comment.id,
    fingerprint: comment.fingerprint,
    project: comment.project,
    text: comment.text,
    author: comment.author,
    created_at: comment.createdAt,
  };
}

/** What people say about findings. */
@Injectable()
export class CommentsService {
  constructor(
    private readonly comments: FindingComments,
    private readonly known: KnownFindings,
  ) {}

  /** Oldest first. @throws FindingNotFoundError */
  async page(fingerprint: string, query: CommentListQueryDto): Promise<Page<FindingCommentBody>> {
    await this.known.assertKnown(fingerprint);
    const { limit, cursor } = query;
    const filter = { fingerprint, project: query.project ?? null };
    const digest = sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH);
    const list = `comments:${digest}`;
    const found = await this.comments.page(filter, positionOf(cursor, list), limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.comments.count(filter, COUNT_LIMIT);
    return new Page(
      shown.map(toCommentBody),
      last === undefined ? null : encodeCursor(list, [last.createdAt, last.id]),
      totalOf(count),
    );
  }
}

function positionOf(cursor: string | undefined, list: string): CommentPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(list, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
