import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { UserError } from '@securescan/core';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { SecretKey } from '../../ports/secret-key.port';

const KEY_BYTES = 32;
const FOR_OTHERS = 0o077;

class DerivingSecretKey extends SecretKey {
  constructor(private readonly key: Uint8Array) {
    super();
  }

  derive(purpose: string): Uint8Array {
    return hkdf(sha256, this.key, undefined, utf8ToBytes(`securescan ${purpose}`), KEY_BYTES);
  }
}

/**
 * The key that the operator gives, else the one in a file beside the database, made at the first start and readable by its
 * owner alone.
 * @throws UserError CONFIG_INVALID where the file cannot be used.
 */
export function openSecretKey(given: string | null, databaseFile: string): SecretKey {
  return new DerivingSecretKey(utf8ToBytes(given ?? readOrMake(`${databaseFile}.key`)));
}

function readOrMake(file: string): string {
  try {
    return readKey(file) ?? makeKey(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Expected: no right to read the file, or to write where the database is.
    throw new UserError(
      'CONFIG_INVALID',
      `The secret key ${file} cannot be used (${String(error)}). Make it readable, or set SECURESCAN_SECRET_KEY.`,
      { cause: error },
    );
  }
}

function readKey(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return null;
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new UserError(
      'CONFIG_INVALID',
      `The secret key ${file} is damaged: it must hold 64 hexadecimal digits. Restore it from where you keep it; without it stored secrets cannot be read.`,
    );
  }
  if ((found.mode & FOR_OTHERS) !== 0) {
    new Logger('SecretKey').warn(
      `The secret key ${file} can be read by others than its owner; take that right away with chmod 600.`,
    );
  }
  return text;
}

function makeKey(file: string): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const text = Buffer.from(bytes).toString('hex');
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  return text;
}
