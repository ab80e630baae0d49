import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { IsNotEmpty, IsString } from 'class-validator';
import { Setting } from './setting';
import type { Parser } from './setting';

/** A path made absolute; `~/` is the home directory, also where no shell has put it in. */
const filePath: Parser<string> = (raw) => ({
  value: raw.startsWith('~/') ? join(homedir(), raw.slice(2)) : resolve(raw),
});

export class DatabaseConfig {
  /** The SQLite file. Its directory is made if it does not exist. */
  @Setting('SECURESCAN_DB_PATH', filePath)
  @IsString()
  @IsNotEmpty()
  readonly path: string = join(homedir(), '.securescan', 'scans.db');
}
