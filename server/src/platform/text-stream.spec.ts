import { once } from 'node:events';
import { toTextStream } from './text-stream';

function endless(): { pieces: AsyncGenerator<string>; made: () => number; isOver: () => boolean } {
  let made = 0;
  let isOver = false;
  async function* pieces(): AsyncGenerator<string> {
    try {
      for (;;) {
        made += 1;
        yield await Promise.resolve(`${made}\n`);
      }
    } finally {
      isOver = true;
    }
  }
  return { pieces: pieces(), made: () => made, isOver: () => isOver };
}

describe('toTextStream', () => {
  it('makes no piece ahead of a receiver that does not read', async () => {
    const { pieces, made } = endless();
    const stream = toTextStream(pieces);
    await once(stream, 'readable');
    expect(String(stream.read())).toBe('1\n');
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resume) => setImmediate(resume));
    expect(made()).toBeLessThanOrEqual(3);
    stream.destroy();
  });

  it('ends the making of pieces when the receiver leaves', async () => {
    const { pieces, isOver } = endless();
    const stream = toTextStream(pieces);
    await once(stream, 'readable');
    stream.destroy();
    await once(stream, 'close');
    expect(isOver()).toBe(true);
  });

  it('breaks off where a piece cannot be made', async () => {
    const stream = toTextStream(
      (async function* pieces(): AsyncGenerator<string> {
        yield await Promise.resolve('one\n');
        throw new TypeError('gone');
      })(),
    );
    stream.resume();
    await expect(once(stream, 'end')).rejects.toThrow('gone');
  });
});
