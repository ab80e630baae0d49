import { OperationalError } from '@securescan/core';

const LINE_END = 10;
const MAX_HEAD_BYTES = 200;
const HEAD = /^(?<id>[0-9a-f]{40,64}) blob (?<size>\d{1,15})$/u;

/** Sees the contents of blobs one after the other, in the order in which they were asked for. */
export interface BlobConsumer {
  begin(index: number): void;
  data(chunk: Buffer): void;
  end(): void;
}

/**
 * Reads what `git cat-file --batch` writes, in chunks of any size: `<id> blob <size>`, a line end, so many bytes, a line end.
 * Nothing of it is kept, however large a blob is. Throws OperationalError for anything else.
 */
export class BlobReader {
  private head = Buffer.alloc(0);
  private state: 'head' | 'body' | 'tail' = 'head';
  private rest = 0;
  private index = 0;

  constructor(
    private readonly asked: readonly string[],
    private readonly consumer: BlobConsumer,
  ) {}

  push(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0;) {
      if (this.state === 'head') rest = this.readHead(rest);
      else if (this.state === 'body') rest = this.readBody(rest);
      else rest = this.readTail(rest);
    }
  }

  /** Throws OperationalError where not all has come. */
  finish(): void {
    if (this.index !== this.asked.length || this.state !== 'head') {
      throw broken(`ended after ${this.index} of ${this.asked.length} files`);
    }
  }

  private readHead(chunk: Buffer): Buffer {
    const end = chunk.indexOf(LINE_END);
    this.head = Buffer.concat([this.head, end === -1 ? chunk : chunk.subarray(0, end)]);
    if (this.head.length > MAX_HEAD_BYTES) throw broken('does not say what comes');
    if (end === -1) return chunk.subarray(chunk.length);
    const line = this.head.toString('latin1');
    this.head = Buffer.alloc(0);
    const groups = HEAD.exec(line)?.groups;
    if (groups === undefined || groups['id'] !== this.asked[this.index]) {
      throw broken(`says "${line}" for ${this.asked[this.index] ?? 'nothing'}`);
    }
    this.rest = Number(groups['size']);
    this.consumer.begin(this.index);
    this.state = 'body';
    return this.readBody(chunk.subarray(end + 1));
  }

  private readBody(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.rest);
    if (part.length > 0) this.consumer.data(part);
    this.rest -= part.length;
    if (this.rest === 0) {
      this.consumer.end();
      this.state = 'tail';
    }
    return chunk.subarray(part.length);
  }

  private readTail(chunk: Buffer): Buffer {
    if (chunk[0] !== LINE_END) throw broken('gives more than it announced');
    this.index += 1;
    this.state = 'head';
    return chunk.subarray(1);
  }
}

function broken(how: string): OperationalError {
  return new OperationalError(
    'TOOL_OUTPUT_INVALID',
    `git could not read the repository: its list of contents ${how}; "git fsck" tells what is damaged.`,
  );
}
