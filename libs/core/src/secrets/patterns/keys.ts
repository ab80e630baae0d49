import { tokenPattern } from '../pattern-parts';
import type { SecretPattern } from '../secret-pattern';

/** Private keys, and what opens a store of keys. */
export const KEY_PATTERNS: readonly SecretPattern[] = [
  {
    id: 'private-key',
    name: 'Private key',
    severity: 'critical',
    description: 'The beginning of a private key in PEM, PGP, SSH2 or PuTTY form.',
    check: 'format',
    hints: ['PRIVATE KEY', 'PuTTY-User-Key-File'],
    expression:
      /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----|PuTTY-User-Key-File-[123]: [a-z0-9-]{3,40}/dg,
  },
  tokenPattern({
    id: 'private-key-base64',
    name: 'Private key in base64',
    severity: 'critical',
    description: 'A private key in PEM armour, encoded once more.',
    hints: ['LS0tLS1CRUdJTi'],
    // What "RSA PRIVATE KEY", "PRIVATE KEY", "EC …", "DSA …", "OPENSSH …", "ENCRYPTED …" and "PGP …" become there.
    token: String.raw`LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURSBLRV|BQUklWQVRFIEtFW|BFQyBQUklWQVRFIEtFW|BEU0EgUFJJVkFURSBLRV|BPUEVOU1NIIFBSSVZBVEUgS0VZ|BFTkNSWVBURUQgUFJJVkFURSBLRV|BQR1AgUFJJVkFURSBLRV)[A-Za-z0-9+/]{40,8000}={0,2}`,
  }),
  tokenPattern({
    id: 'age-secret-key',
    name: 'age secret key',
    severity: 'critical',
    description: 'An identity of the file encryption tool age.',
    hints: ['AGE-SECRET-KEY-1'],
    token: String.raw`AGE-SECRET-KEY-1[0-9A-Z]{58}`,
  }),
];
