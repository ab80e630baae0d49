import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReadDatabase } from '../../database/database';
import { PrincipalEntity } from './principal.entity';

/** What to call those whom rows refer to. */
@Injectable()
export class PrincipalNames {
  constructor(private readonly database: ReadDatabase) {}

  /** Names by id. Nobody is asked for as `null`, and left out. */
  async of(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(ids.filter((id) => id !== null))];
    if (asked.length === 0) return new Map();
    const principals = await this.database.manager.find(PrincipalEntity, {
      select: { id: true, displayName: true },
      where: { id: In(asked) },
    });
    return new Map(principals.map(({ id, displayName }) => [id, displayName]));
  }
}
