import { IsIn } from 'class-validator';
import { Setting } from './setting';
import type { Parser } from './setting';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

const word: Parser<string> = (raw) => ({ value: raw.toLowerCase() });

export class LogConfig {
  /** The least severe entries that are written. */
  @Setting('SECURESCAN_LOG_LEVEL', word)
  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  readonly level: LogLevel = 'info';

  /** One line of text for people, or of JSON for machines. */
  @Setting('SECURESCAN_LOG_FORMAT', word)
  @IsIn(LOG_FORMATS, { message: `must be one of ${LOG_FORMATS.join(', ')}` })
  readonly format: LogFormat = 'text';
}
