import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SecretBox } from '../ports/secret-box.port';
import type { SecretKey } from '../ports/secret-key.port';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of what it writes: should the cipher or the key's derivation change, older texts are still known for what they are. */
const VERSION = 'v1';
const SEALED = /^v1\.([A-Za-z0-9_-]{38,})$/u;

/** AES-256-GCM with a nonce by chance; version and place are bound in (D25). A text is `v1.` and base64url of nonce, cipher text and tag. */
export class AesSecretBox extends SecretBox {
  private readonly key: Uint8Array;

  constructor(secretKey: SecretKey) {
    super();
    this.key = secretKey.derive('stored secrets');
  }

  seal(text: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(placeOf(context));
    const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return `${VERSION}.${Buffer.concat(parts).toString('base64url')}`;
  }

  open(sealed: string, context: string): string | null {
    const encoded = SEALED.exec(sealed)?.[1];
    if (encoded === undefined) return null;
    const bytes = Buffer.from(encoded, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(placeOf(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      // Expected: another key or place, or a text that was changed. The cipher does not say which.
      return null;
    }
  }
}

function placeOf(context: string): Buffer {
  return Buffer.from(`${VERSION} ${context}`, 'utf8');
}
