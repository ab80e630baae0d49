import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { FileSink, outputFileProblem, StdoutSink } from './sink';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sink-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('FileSink', () => {
  it('leaves the earlier report whole when rendering fails halfway', async () => {
    const file = join(directory, 'report');
    writeFileSync(file, 'earlier');
    function* broken(): Generator<string> {
      yield 'x'.repeat(1_000_000);
      throw new RangeError('renderer broke');
    }
    await expect(new FileSink(file).write(broken())).rejects.toThrow(
      new RangeError('renderer broke'),
    );
    expect(readFileSync(file, 'utf8')).toBe('earlier');
    expect(readdirSync(directory)).toEqual(['report']);
  });

  it('says what to blame when the directory is gone', async () => {
    await expect(
      new FileSink(join(directory, 'gone', 'report')).write(['x']),
    ).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
    });
  });

  it('writes an empty report, too', async () => {
    await new FileSink(join(directory, 'report')).write([]);
    expect(readFileSync(join(directory, 'report'), 'utf8')).toBe('');
  });
});

describe('outputFileProblem', () => {
  it('finds nothing wrong with a new file and with an old one', async () => {
    writeFileSync(join(directory, 'old'), '');
    expect(await outputFileProblem('new', directory)).toBeNull();
    expect(await outputFileProblem('old', directory)).toBeNull();
  });
});

describe('StdoutSink', () => {
  it('writes the pieces in order', async () => {
    let text = '';
    const stream = new PassThrough().setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    await new StdoutSink(stream).write(['a', 'b', 'x'.repeat(300_000), 'c']);
    expect(text).toBe(`ab${'x'.repeat(300_000)}c`);
  });

  it.each([
    ['EPIPE', null],
    ['ENOSPC', 'DISK_FULL'],
    ['EIO', 'OUTPUT_NOT_WRITABLE'],
  ])('takes %s for %s', async (cause, code) => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new RangeError('broken'), { code: cause }));
      },
    });
    stream.on('error', () => undefined);
    const failure = await new StdoutSink(stream).write(['x'.repeat(300_000), 'never read']).then(
      () => null,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(failure).toBe(code);
  });
});
