/** No key is this long; a file that was pasted by mistake is. */
const LONGEST_KEY = 512;

/** What keeps a text from being sent as a key in a header, or `null`. Whether it is one is for the server to say. */
export function keyFault(key: string): string | null {
  if (key === '') return 'Enter a key.';
  if (key.length > LONGEST_KEY) return `A key has at most ${LONGEST_KEY} characters.`;
  if (!/^[\x20-\x7e]+$/.test(key)) {
    return 'A key has letters, digits and signs of ASCII only. Copy it once more.';
  }
  return null;
}
