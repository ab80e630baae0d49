import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { SecretKey } from '../ports/secret-key.port';
import { AesSecretBox } from './aes-secret-box';

class FixedKey extends SecretKey {
  constructor(private readonly first: number) {
    super();
  }

  derive(): Uint8Array {
    return Uint8Array.from({ length: 32 }, (_, index) => this.first + index);
  }
}

const box = new AesSecretBox(new FixedKey(1));

describe('AesSecretBox', () => {
  it('opens at its place what it sealed there, and nowhere else', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const sealed = box.seal(text, 'webhook 1 secret');
        expect(box.open(sealed, 'webhook 1 secret')).toBe(text);
        expect(box.open(sealed, 'webhook 2 secret')).toBeNull();
        expect(box.open(sealed, 'webhook 1 url')).toBeNull();
      }),
    );
  });

  it('shows nothing of a text, not even that it is the same as another', () => {
    const sealed = [box.seal('whsec_canary', 'a'), box.seal('whsec_canary', 'a')];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join(' ')).not.toContain(Buffer.from('whsec_canary').toString('base64url'));
    expect(sealed[0]).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
  });

  it('opens nothing with another key', () => {
    expect(new AesSecretBox(new FixedKey(2)).open(box.seal('text', 'a'), 'a')).toBeNull();
  });

  it('opens nothing of which a bit was changed, and nothing that it did not write', () => {
    const sealed = box.seal('some text', 'a');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(box.open(`v1.${changed.toString('base64url')}`, 'a')).toBeNull();
    }
    for (const strange of [
      '',
      'v1.',
      'v1.AAAA',
      sealed.slice(3),
      sealed.replace('v1', 'v2'),
      'plain text',
    ]) {
      expect(box.open(strange, 'a')).toBeNull();
    }
  });
});
