import { sha256Hex } from '../fingerprint/sha256';
import { beyondBounds, type JsonBounds } from '../json/json-bounds';
import { JsonReader } from '../json/json-reader';
import { readCyclonedxVex } from './read-cyclonedx-vex';
import { readOpenvex } from './read-openvex';
import { type OpenVexClaims, refuseVex } from './vex-claims';

const BOUNDS: JsonBounds = { depth: 64, values: 500_000 };
const TOO_MUCH: Readonly<Record<keyof JsonBounds, string>> = {
  depth: `its brackets stand more than ${String(BOUNDS.depth)} deep`,
  values: `it holds more than ${String(BOUNDS.values)} values`,
};

/**
 * Reads what somebody else says about vulnerabilities: OpenVEX, or the vulnerabilities of CycloneDX. Everything in it is
 * untrusted. Throws UserError VEX_INVALID, as may whoever goes through the claims.
 */
export function readVex(text: string): OpenVexClaims & { readonly digest: string } {
  const beyond = beyondBounds(text, BOUNDS);
  if (beyond !== null) throw refuseVex(TOO_MUCH[beyond]);
  const top = JsonReader.parse(text, refuseVex);
  if (!top.isObject) throw top.refusal('an object');
  const digest = sha256Hex(text);
  return { ...readDocument(top, digest), digest };
}

function readDocument(top: JsonReader, digest: string): OpenVexClaims {
  const context = top.field('@context');
  if (context.isText && context.string().startsWith('https://openvex.dev/ns')) {
    return readOpenvex(top);
  }
  const format = top.field('bomFormat');
  if (format.isText && format.string() === 'CycloneDX') return readCyclonedxVex(top, digest);
  throw refuseVex(
    'it has neither the "@context" of OpenVEX nor "bomFormat" "CycloneDX", so its kind is unknown',
  );
}
