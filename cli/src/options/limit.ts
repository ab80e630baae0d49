const MAX_LIMIT = 10_000;

/** How many rows `--limit` asks for. Adds what is wrong with it. Pure. */
export function readLimit(word: string | undefined, otherwise: number, problems: string[]): number {
  if (word === undefined) return otherwise;
  const limit = /^\d{1,5}$/u.test(word) ? Number(word) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  problems.push(`--limit takes a whole number from 1 to ${MAX_LIMIT}, and not "${word}".`);
  return otherwise;
}
