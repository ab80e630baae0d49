import { sha256Hex } from './sha256';

export interface Identity {
  readonly scanner: string;
  readonly ruleId: string;
  /** POSIX, NFC, relative to the project root. */
  readonly filePath: string | null;
  /** Source without its white space and secrets, or the discriminator. */
  readonly lineContext: string;
  /** `CWE-<n>`. */
  readonly cwe: string | null;
}

/**
 * Who a finding is, in every scan and on every machine: SHA-256 (hex) over a JSON array, whose quoting keeps the parts
 * apart whatever they contain (ADR 0003).
 */
export function fingerprintOf(identity: Identity): string {
  return sha256Hex(
    JSON.stringify([
      identity.scanner,
      identity.ruleId,
      identity.filePath ?? '',
      identity.lineContext,
      identity.cwe ?? '',
    ]),
  );
}
