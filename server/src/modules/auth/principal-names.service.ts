import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import { readRows } from '../../database/read-rows';
import type { Actor } from './caller';
import { PrincipalEntity } from './principal.entity';

const ID = 'SELECT "id" FROM "principals" WHERE "kind" = ? AND "subject" = ?';

/** What to call those whom rows refer to. */
@Injectable()
export class PrincipalNames {
  constructor(private readonly database: ReadDatabase) {}

  /** Names by id. Nobody is asked for as `null`, and left out. */
  async of(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(ids.filter((id) => id !== null))];
    const principals = await readRows(this.database.manager, PrincipalEntity, 'id', asked);
    return new Map(principals.map(({ id, displayName }) => [id, displayName]));
  }

  /** The id of somebody who has ever written anything; `null` for anybody else. */
  async idOf({ kind, subject }: Pick<Actor, 'kind' | 'subject'>): Promise<string | null> {
    const rows = await this.database.manager.query<{ id: string }[]>(ID, [kind, subject]);
    return rows[0]?.id ?? null;
  }
}
