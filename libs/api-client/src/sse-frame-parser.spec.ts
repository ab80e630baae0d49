import fc from 'fast-check';
import { SseFrameParser } from './sse-frame-parser';
import type { SseFrame } from './sse-frame-parser';

function framesOf(...chunks: string[]): SseFrame[] {
  const parser = new SseFrameParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

describe('SseFrameParser', () => {
  it('reads event, data and id', () => {
    expect(framesOf('event: scan.start\nid: 1\ndata: {"a":1}\n\n')).toEqual([
      { event: 'scan.start', id: '1', data: '{"a":1}' },
    ]);
  });

  it('joins several data lines and strips one leading space only', () => {
    expect(framesOf('data:  two spaces\ndata:none\ndata\n\n')).toEqual([
      { event: 'message', id: null, data: ' two spaces\nnone\n' },
    ]);
  });

  it('ignores comments, unknown fields and frames without data', () => {
    expect(framesOf(': keep-alive\n\nevent: lonely\n\nother: x\ndata: y\n\n')).toEqual([
      { event: 'message', id: null, data: 'y' },
    ]);
  });

  it('keeps the last id until the stream sets another, and takes none with a NUL', () => {
    const ids = framesOf('id: 7\ndata: a\n\ndata: b\n\nid: 8\0\ndata: c\n\n').map(({ id }) => id);
    expect(ids).toEqual(['7', '7', '7']);
  });

  it('remembers the wait that the server asks for', () => {
    const parser = new SseFrameParser();
    parser.push('retry: 1500\nretry: soon\n\n');
    expect(parser.retryMs).toBe(1500);
  });

  it('skips one byte order mark at the start', () => {
    expect(framesOf('\uFEFFdata: x\n\n')).toHaveLength(1);
  });

  it('refuses a frame that never ends', () => {
    const parser = new SseFrameParser();
    expect(() => {
      for (let i = 0; i < 20; i += 1) parser.push(`data: ${'x'.repeat(100_000)}\n`);
    }).toThrow(/more than 1 MiB/);
    expect(() => new SseFrameParser().push('x'.repeat(2_000_000))).toThrow(/more than 1 MiB/);
  });

  it('gives the same frames wherever the stream is cut and however its lines end', () => {
    const lines = [
      'event: a',
      'id: 1',
      'data: one',
      '',
      ': note',
      'data: two',
      'data: more',
      '',
      'data: three',
      '',
      '',
    ];
    const expected = framesOf(lines.join('\n'));
    expect(expected).toHaveLength(3);
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat({ max: 120 }), { maxLength: 8 }),
        (lineEnd, cuts) => {
          // One line more, so that a final carriage return is known not to be half of a CRLF.
          const text = lines.join(lineEnd) + ':';
          const at = [0, ...cuts.sort((a, b) => a - b), text.length];
          const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
          expect(framesOf(...chunks)).toEqual(expected);
        },
      ),
    );
  });
});
