import { bytesToHex } from '@noble/hashes/utils.js';
import { fromBase64 } from '../../encoding/base64';
import { compareCodePoints } from '../../order/compare-code-points';
import type { PackageHash } from '../locked-package';

const ALGORITHMS: ReadonlyMap<string, PackageHash['algorithm']> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
]);

const HEX_LENGTHS: Readonly<Record<PackageHash['algorithm'], number>> = {
  MD5: 32,
  'SHA-1': 40,
  'SHA-256': 64,
  'SHA-384': 96,
  'SHA-512': 128,
};

const MAX_CHARACTERS = 2_000;

/**
 * The hashes of a Subresource Integrity text (`sha512-…=`, several with spaces between them, options behind a question mark). What is
 * no hash of a known length is left out.
 */
export function readIntegrity(text: string | null): PackageHash[] {
  if (text === null || text.length > MAX_CHARACTERS) return [];
  return text.split(/\s+/u).flatMap((word) => {
    const cut = word.indexOf('-');
    const algorithm = hashAlgorithm(word.slice(0, cut));
    const hex = base64ToHex(word.slice(cut + 1).split('?', 1)[0] ?? '');
    return algorithm === null || hex === null ? [] : hashOf(algorithm, hex);
  });
}

/** An algorithm by the name that lock files have for it; `null` for one that no document knows. */
export function hashAlgorithm(name: string): PackageHash['algorithm'] | null {
  return ALGORITHMS.get(name.toLowerCase()) ?? null;
}

/** A hash in hex, in a list for being spread; empty for what has not the length of its algorithm. */
export function hashOf(algorithm: PackageHash['algorithm'], hex: string): PackageHash[] {
  const isHash = hex.length === HEX_LENGTHS[algorithm] && /^[0-9a-f]+$/iu.test(hex);
  return isHash ? [{ algorithm, hex: hex.toLowerCase() }] : [];
}

/** Each hash once, in the order of algorithm and digits. */
export function distinctHashes(hashes: readonly PackageHash[]): PackageHash[] {
  const distinct = new Map(hashes.map((hash) => [`${hash.algorithm} ${hash.hex}`, hash]));
  return Array.from(distinct)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([, hash]) => hash);
}

/** `null` for what is no base64. */
function base64ToHex(text: string): string | null {
  const bytes = fromBase64(text);
  return bytes === null ? null : bytesToHex(bytes);
}
