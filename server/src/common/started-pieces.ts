/**
 * Pieces of which the first is made already: what goes wrong before it is an error that can still be answered, and whatever holds
 * things while it makes them lets go of them when the receiver leaves, even one who never took a piece.
 */
export async function startedPieces(
  pieces: AsyncGenerator<string, void>,
): Promise<AsyncIterable<string>> {
  let first: IteratorResult<string, void> | null = await pieces.next();
  const iterator: AsyncIterator<string, void> = {
    next: () => {
      if (first === null) return pieces.next();
      const result = first;
      first = null;
      return Promise.resolve(result);
    },
    return: () => pieces.return(),
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
