import { nextTurn } from './next-turn';

/** Characters that are rendered and sent as one: some milliseconds of work. */
const PIECE_CHARACTERS = 64 * 1024;

/** What a renderer gives, joined to pieces of some size, with a turn for others between them. */
export async function* inPieces(chunks: Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  for (const chunk of chunks) {
    piece += chunk;
    // A renderer gives nothing where it works for long before it can go on.
    if (chunk !== '' && piece.length < PIECE_CHARACTERS) continue;
    if (piece !== '') yield piece;
    piece = '';
    await nextTurn();
  }
  yield piece;
}
