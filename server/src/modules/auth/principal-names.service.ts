import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import { readRows } from '../../database/read-rows';
import { PrincipalEntity } from './principal.entity';

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
}
