import type { LoggerService, LogLevel as NestLogLevel } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogConfig } from '../config/log.config';

const MESSAGE_KEY = 'message';
const HEAD_KEYS = new Set(['ts', 'level', 'logger', MESSAGE_KEY]);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shown(value: unknown): string {
  const text = textOf(value);
  // Text from tools and trees could steer the terminal that shows it.
  return /^[\x21-\x7e\u00a0-\uffff]+$/.test(text) ? text : JSON.stringify(text);
}

/** One entry as a line for people: time, level, who says it, what, and the rest as `key=value`. */
export function toTextLine(json: string): string {
  const entry = JSON.parse(json) as Record<string, unknown>;
  const { err, ...rest } = entry;
  const facts = Object.entries(rest)
    .filter(([key]) => !HEAD_KEYS.has(key))
    .map(([key, value]) => ` ${key}=${shown(value)}`);
  const head = `${String(entry['ts'])} [${String(entry['level']).toUpperCase()}] ${textOf(entry['logger'] ?? 'securescan')}`;
  const message = textOf(entry[MESSAGE_KEY] ?? '').replace(/\p{Cc}/gu, ' ');
  const stack = (err as { stack?: unknown } | undefined)?.stack;
  const trace = typeof stack === 'string' ? `\n${stack}` : '';
  return `${head}: ${message}${facts.join('')}${trace}\n`;
}

function textTo(destination: DestinationStream): DestinationStream {
  return {
    write: (json) => {
      destination.write(toTextLine(json));
    },
  };
}

/** Entries have `ts`, `level`, `logger` and `message`, then what they are about. */
export function createLogger(config: LogConfig, destination: DestinationStream): Logger {
  return pino(
    {
      level: config.level,
      base: null,
      messageKey: MESSAGE_KEY,
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    config.format === 'json' ? destination : textTo(destination),
  );
}

/** What the framework tells about its own start; nobody who runs the server needs it. */
const FRAMEWORK_CHATTER = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Whoever speaks here also throws, and the entry of the program says it in one sentence. */
const FAILED_START = new Set(['ExceptionHandler', 'NestApplication']);

function isSaidBy(speakers: ReadonlySet<string>, rest: readonly unknown[]): boolean {
  const speaker = rest.at(-1);
  return typeof speaker === 'string' && speakers.has(speaker);
}

type PinoLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Lets the framework and everything in it log through pino. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(isSaidBy(FRAMEWORK_CHATTER, rest) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write(isSaidBy(FAILED_START, rest) ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  setLogLevels(_levels: NestLogLevel[]): void {
    // The level is the configuration's.
  }

  /** Nest passes the name of whoever speaks as the last argument, and texts and stacks before it. */
  private write(level: PinoLevel, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((part) => typeof part === 'string');
    const logger = texts.at(-1) ?? 'securescan';
    const details = texts.slice(0, -1).join('\n');
    if (typeof message === 'object' && message !== null) {
      const facts = message instanceof Error ? { err: message } : message;
      this.logger[level]({ logger, ...facts }, details);
      return;
    }
    const stack = details === '' ? {} : { stack: details };
    this.logger[level]({ logger, ...stack }, String(message));
  }
}
