// Controls of C0 and C1, marks that turn the direction of text, separators that some terminals take for line breaks, halves of
// characters, and code points that are none.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/gu;

/**
 * Text of tools and trees that a terminal may show: nothing in it moves the cursor, changes colours, hides or reverses what
 * follows. White space that breaks lines becomes a space.
 */
export function escapeControls(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
