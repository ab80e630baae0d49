/** A word that bash and zsh take as it is, whatever it holds. */
export function quoteForSh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A word that fish takes as it is, whatever it holds. */
export function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/gu, '\\$&')}'`;
}
