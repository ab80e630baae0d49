import crypto, { createHash } from 'node:crypto';
import https from 'node:https';

export function digests(text: string) {
  // ruleid: securescan.javascript.weak-hash
  const first = crypto.createHash('md5').update(text).digest('hex');
  // ruleid: securescan.javascript.weak-hash
  const second = createHash('sha1').update(text).digest('hex');
  // ok: securescan.javascript.weak-hash
  const third = crypto.createHash('sha256').update(text).digest('hex');
  return [first, second, third];
}

export function ciphers(key: Buffer, iv: Buffer) {
  // ruleid: securescan.javascript.weak-cipher
  const blocks = crypto.createCipheriv('aes-128-ecb', key, null);
  // ruleid: securescan.javascript.weak-cipher
  const old = crypto.createDecipheriv('des-cbc', key, iv);
  // ruleid: securescan.javascript.weak-cipher
  const derived = crypto.createCipher('aes192', 'passphrase');
  // ok: securescan.javascript.weak-cipher
  const good = crypto.createCipheriv('aes-256-gcm', key, iv);
  return [blocks, old, derived, good];
}

export function randomValues() {
  // ruleid: securescan.javascript.insecure-random-token
  const resetToken = Math.random().toString(36).slice(2);
  // ok: securescan.javascript.insecure-random-token
  const sessionToken = crypto.randomBytes(32).toString('hex');
  // ok: securescan.javascript.insecure-random-token
  const jitterMs = Math.random() * 100;
  return { resetToken, sessionToken, jitterMs };
}

// ruleid: securescan.javascript.insecure-random-token
export function createPassword() {
  return String(Math.random());
}

// ok: securescan.javascript.insecure-random-token
export function pickBanner(banners: string[]) {
  return banners[Math.floor(Math.random() * banners.length)];
}

export function agents(ca: string) {
  // ruleid: securescan.javascript.tls-verification-disabled
  const careless = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  // ruleid: securescan.javascript.tls-verification-disabled
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  // ok: securescan.javascript.tls-verification-disabled
  const careful = new https.Agent({ keepAlive: true, ca, rejectUnauthorized: true });
  return [careless, careful];
}
