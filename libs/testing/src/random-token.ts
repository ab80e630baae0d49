const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Text that looks generated, made from a seed when a test runs, so that nothing that looks like a secret is committed. The same
 * seed gives the same text. With `alphabet`, only of its characters.
 */
export function randomToken(length: number, seed: number, alphabet: string = ALPHABET): string {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  let token = '';
  for (let index = 0; index < length; index += 1) {
    // xorshift32; zero is its only fixed point and is never reached from another state.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    token += alphabet.charAt(state % alphabet.length);
  }
  return token;
}
