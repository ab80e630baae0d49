import { finished } from 'node:stream/promises';
import { toTextStream } from '../platform/text-stream';
import { startedPieces } from './started-pieces';

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Two pieces, and whether what they are made of was let go. */
function somePieces() {
  const state = { isHeld: false };
  async function* pieces(): AsyncGenerator<string, void> {
    state.isHeld = true;
    try {
      yield 'one ';
      yield await Promise.resolve('two');
    } finally {
      state.isHeld = false;
    }
  }
  return { state, pieces: pieces() };
}

it('gives every piece once, in order', async () => {
  const { state, pieces } = somePieces();
  const started = await startedPieces(pieces);
  expect(state.isHeld).toBe(true);
  expect(await textOf(started)).toBe('one two');
  expect(state.isHeld).toBe(false);
});

it('gives nothing where there is nothing', async () => {
  expect(await textOf(await startedPieces((async function* () {})()))).toBe('');
});

it('fails before the first piece with what went wrong', async () => {
  async function* broken(): AsyncGenerator<string, void> {
    await Promise.reject(new RangeError('gone'));
    yield 'never';
  }
  await expect(startedPieces(broken())).rejects.toThrow('gone');
});

it('lets go of everything when the receiver leaves before he took a piece', async () => {
  const { state, pieces } = somePieces();
  const stream = toTextStream(await startedPieces(pieces));
  const end = finished(stream).catch(() => undefined);
  stream.destroy();
  await end;
  await new Promise((resume) => setImmediate(resume));
  expect(state.isHeld).toBe(false);
});
