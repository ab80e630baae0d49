/** What is longer is no slip of the fingers. */
const MAX_CHARACTERS = 60;

/** The known name that a mistyped one was probably meant to be: the nearest within a third of its length; else `null`. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > MAX_CHARACTERS) return null;
  const typed = plain(name);
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of known) {
    const distance = distanceBetween(typed, plain(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** `failOnSeverity`, `fail-on-severity` and `FAIL_ON_SEVERITY` are the same slip. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** How many insertions, deletions, replacements and swaps of neighbours lead from one to the other. */
function distanceBetween(from: string, to: string): number {
  const at = (row: readonly number[] | undefined, column: number): number => row?.[column] ?? 0;
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(above, column) + 1,
          at(current, column - 1) + 1,
          at(above, column - 1) + (isSame ? 0 : 1),
          isSwapped && row > 1 && column > 1 ? at(before, column - 2) + 1 : Infinity,
        ),
      );
    }
    before = above;
    above = current;
  }
  return at(above, to.length);
}
