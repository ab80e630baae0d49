import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ApiKeyBody, SCOPES } from '@securescan/contracts';
import { escapeControls, SecureScanError, UserError } from '@securescan/core';
import { plainToInstance } from 'class-transformer';
import { pino } from 'pino';
import { createValidationPipe } from '../common/validation.pipe';
import { createLogger, PinoLoggerService } from '../common/logging';
import { loadConfig, readConfig } from '../config/config-loader';
import { DatabaseConfig } from '../config/database.config';
import { ApiKeyEntity } from '../modules/api-keys/api-key.entity';
import { toApiKeyBody } from '../modules/api-keys/api-key.mapper';
import { ApiKeyCommands } from '../modules/api-keys/api-key-commands.service';
import { ApiKeyRequestDto } from '../modules/api-keys/dto/api-key.dto';
import type { Actor } from '../modules/auth/caller';
import { openForReading } from '../platform/embedded/sqlite-database';
import { AdminModule } from './admin.module';

/** Whoever may write the database may do anything to it; who that is, the system knows. */
const OPERATOR: Actor = {
  kind: 'open',
  subject: '',
  name: 'operator at the command line',
  email: null,
  requestId: null,
  address: null,
};
const STANDARD_ERROR = 2;
const MAX_LISTED = 10_000;

/**
 * `keys create <request as JSON> [--json]`: makes a key in the database of a stopped server and prints it, alone. The request
 * is that of POST /api/v1/keys.
 * @throws UserError for a request that is not valid, and DATABASE_IN_USE while the server runs.
 */
export async function runKeysCreate([document = '', ...flags]: readonly string[]): Promise<number> {
  const request = await readRequest(document);
  const made = await withDatabase((context) =>
    context.get(ApiKeyCommands).create(request, { actor: OPERATOR, scopes: SCOPES }),
  );
  if (flags.includes('--json')) {
    process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
    return 0;
  }
  process.stdout.write(`${made.key}\n`);
  process.stderr.write(
    `The key ${made.id} holds ${made.scopes.join(', ')} and is shown this once. Start the server and send it as X-API-Key.\n`,
  );
  return 0;
}

/**
 * `keys revoke <id>`: ends a key in the database of a stopped server.
 * @throws UserError KEY_NOT_FOUND, LAST_FULL_KEY, and DATABASE_IN_USE while the server runs.
 */
export async function runKeysRevoke([id = '']: readonly string[]): Promise<number> {
  await withDatabase((context) => context.get(ApiKeyCommands).revoke(id, OPERATOR));
  process.stderr.write(`The key ${escapeControls(id)} is revoked.\n`);
  return 0;
}

/** `keys list [--json]`: reads alone, needs no lock and works beside a running server. */
export async function runKeysList(flags: readonly string[]): Promise<number> {
  const source = await openForReading(readConfig(DatabaseConfig).path);
  try {
    const order = { createdAt: 'DESC', id: 'DESC' } as const;
    const rows = await source.manager.find(ApiKeyEntity, { order, take: MAX_LISTED });
    const keys = rows.map((row) => toApiKeyBody(row, null));
    process.stdout.write(
      flags.includes('--json') ? `${JSON.stringify(keys, null, 2)}\n` : asTable(keys),
    );
    return 0;
  } finally {
    await source.destroy();
  }
}

async function readRequest(document: string): Promise<ApiKeyRequestDto> {
  let body: unknown;
  try {
    body = JSON.parse(document);
  } catch (cause) {
    // Expected where somebody calls the server's entry by hand.
    throw new UserError('USAGE_INVALID', 'keys create takes its request as JSON.', { cause });
  }
  const request = plainToInstance(ApiKeyRequestDto, body);
  const metatype = ApiKeyRequestDto;
  return (await createValidationPipe().transform(request, {
    type: 'body',
    metatype,
  })) as ApiKeyRequestDto;
}

/** Opens the database behind its lock, so that no server runs on it meanwhile. */
async function withDatabase<T>(work: (context: INestApplicationContext) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const level = config.log.level === 'info' ? 'warn' : config.log.level;
  const destination = pino.destination({ fd: STANDARD_ERROR, sync: true });
  const logger = new PinoLoggerService(
    createLogger({ level, format: config.log.format }, destination),
  );
  const context = await openContext(() =>
    NestFactory.createApplicationContext(AdminModule.forRoot(config), {
      logger,
      abortOnError: false,
    }),
  );
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function openContext(
  open: () => Promise<INestApplicationContext>,
): Promise<INestApplicationContext> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof SecureScanError) || error.code !== 'DATABASE_IN_USE') throw error;
    // Expected: the server runs. It can do the same by itself.
    throw new UserError(
      'DATABASE_IN_USE',
      'The server is running on this database. Change keys through it (POST and DELETE /api/v1/keys), or stop it first.',
      { cause: error },
    );
  }
}

function stateOf({ revoked_at, expires_at }: ApiKeyBody): string {
  if (revoked_at !== null) return `revoked ${revoked_at}`;
  return expires_at === null ? 'works' : `until ${expires_at}`;
}

function asTable(keys: readonly ApiKeyBody[]): string {
  if (keys.length === 0) return 'There is no key yet; make one with securescan keys create.\n';
  const rows = [
    ['Id', 'Name', 'Scopes', 'Last used', 'State'],
    ...keys.map((key) => [
      key.id,
      escapeControls(key.name),
      key.scopes.join(','),
      key.last_used_at ?? '-',
      stateOf(key),
    ]),
  ];
  const widths = rows[0]?.map((_title, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
