/** The words of a text with commas between, without spaces around them and without empty ones. */
export function commaWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
