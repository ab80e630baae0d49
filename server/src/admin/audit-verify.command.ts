import 'reflect-metadata';
import { UserError } from '@securescan/core';
import type { DataSource } from 'typeorm';
import { readConfig } from '../config/config-loader';
import { DatabaseConfig } from '../config/database.config';
import { CHAINED_TABLES, type ChainReport, verifyChain } from '../database/verify-chain';
import { openForReading } from '../platform/embedded/sqlite-database';

const EXIT_INTACT = 0;
const EXIT_BROKEN = 1;

export interface AuditVerification {
  readonly chains: readonly ChainReport[];
  /** Of the expected hashes, those that no chain holds. */
  readonly unknownHashes: readonly string[];
}

/**
 * `audit verify [--json] [--expect-last <hash>]…`: follows the chains of the append-only tables. Reads only, needs no lock and
 * works beside a running server. Exit code 0 where all is as it was written, else 1.
 * @throws UserError where there is no database to read.
 */
export async function runAuditVerify(words: readonly string[]): Promise<number> {
  const { isJson, expected } = readWords(words);
  const source = await openForReading(readConfig(DatabaseConfig).path);
  try {
    const verification = await verifyAudit(source, expected);
    const isIntact = isAllWell(verification);
    process.stdout.write(isJson ? asJson(verification) : asText(verification));
    return isIntact ? EXIT_INTACT : EXIT_BROKEN;
  } finally {
    await source.destroy();
  }
}

/** Follows every chain in one transaction, so that nothing changes meanwhile. */
export async function verifyAudit(
  source: DataSource,
  expected: readonly string[],
): Promise<AuditVerification> {
  const missing = new Set(expected);
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  try {
    const chains: ChainReport[] = [];
    for (const table of CHAINED_TABLES) {
      chains.push(await verifyChain(runner, table, (hash) => missing.delete(hash)));
    }
    return { chains, unknownHashes: [...missing] };
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

function readWords(words: readonly string[]): { isJson: boolean; expected: string[] } {
  const expected: string[] = [];
  let isJson = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === '--json') isJson = true;
    else if (word === '--expect-last') expected.push(hashIn(words[(index += 1)]));
    else throw new UserError('USAGE_INVALID', `audit verify does not know "${word ?? ''}".`);
  }
  return { isJson, expected };
}

function hashIn(word = ''): string {
  if (/^[0-9a-f]{64}$/.test(word)) return word;
  throw new UserError(
    'USAGE_INVALID',
    `--expect-last takes a hash as an earlier audit verify printed it, 64 digits of 0-9 and a-f, and not "${word}".`,
  );
}

function isAllWell({ chains, unknownHashes }: AuditVerification): boolean {
  return unknownHashes.length === 0 && chains.every(({ problem }) => problem === null);
}

function asJson(verification: AuditVerification): string {
  const document = {
    intact: isAllWell(verification),
    chains: verification.chains,
    unknown_hashes: verification.unknownHashes,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function asText(verification: AuditVerification): string {
  const { chains, unknownHashes } = verification;
  const lines = [
    ...chains.flatMap(linesOf),
    ...unknownHashes.map(
      (hash) =>
        `No row has the expected hash ${hash}: rows at the end were removed, the chain was written anew, or retention has removed that row since.`,
    ),
    isAllWell(verification)
      ? 'Every row is as it was written. That none was removed at the end shows only with --expect-last and a last hash printed here before.'
      : 'This is not what SecureScan wrote. Compare the database with a backup.',
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf({ table, anchor, entries, last, problem }: ChainReport): string[] {
  const isCut = anchor !== null && anchor.seq > 0;
  const begin = isCut ? ` behind row ${anchor.seq}, the last that retention removed` : '';
  const lines = [`${table}: ${entries} ${entries === 1 ? 'entry' : 'entries'}${begin}`];
  if (last !== null && last.seq > 0) lines.push(`  last: row ${last.seq}, hash ${last.hash}`);
  if (problem !== null) lines.push(`  BROKEN at row ${problem.seq}: ${problem.detail}`);
  return lines;
}
