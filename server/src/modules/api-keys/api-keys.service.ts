import { Injectable } from '@nestjs/common';
import type { ApiKeyBody } from '@securescan/contracts';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { Page, type PageQueryDto } from '../../common/pagination';
import { Clock } from '../../ports/clock.port';
import type { ApiKeyEntity } from './api-key.entity';
import { toApiKeyBody } from './api-key.mapper';
import { KeyNotFoundError } from './api-keys.errors';
import { ApiKeysRepository, type KeyPosition } from './api-keys.repository';
import { KeyUse } from './key-use';

const LIST = 'keys';

/** What there is to know about keys: all but their secret. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly use: KeyUse,
    private readonly clock: Clock,
  ) {}

  /** Newest first, revoked ones too. */
  async page(query: Pick<PageQueryDto, 'limit' | 'cursor'>): Promise<Page<ApiKeyBody>> {
    const rows = await this.keys.page(positionOf(query.cursor), query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    return new Page(
      shown.map((row) => this.bodyOf(row)),
      last === undefined ? null : encodeCursor(LIST, [last.createdAt, last.id]),
      { count: await this.keys.count(), isExact: true },
    );
  }

  /** @throws KeyNotFoundError */
  async get(id: string): Promise<ApiKeyBody> {
    const key = await this.keys.find(id);
    if (key === null) throw new KeyNotFoundError();
    return this.bodyOf(key);
  }

  /** What working keys there are, for the rules of starting. */
  async census(): Promise<{ readonly active: number; readonly admins: number }> {
    const active = await this.keys.active(this.clock.now().toISOString());
    const admins = active.filter((key) => key.scopes.includes('admin'));
    return { active: active.length, admins: admins.length };
  }

  private bodyOf(row: ApiKeyEntity): ApiKeyBody {
    return toApiKeyBody(row, this.use.lastUseOf(row.id));
  }
}

function positionOf(cursor: string | undefined): KeyPosition | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(LIST, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
