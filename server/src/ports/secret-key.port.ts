/** The key of an installation, from which its other secrets are made. */
export abstract class SecretKey {
  /** 32 bytes that nobody can tell without the key, the same for the same purpose. HKDF with SHA-256 (RFC 5869). */
  abstract derive(purpose: string): Uint8Array;
}
