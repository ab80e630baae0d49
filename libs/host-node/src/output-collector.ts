const TAIL_BYTES = 4096;

/** Sees each chunk once; it belongs to the stream again when the call is over. */
export type OutputConsumer = (chunk: Buffer) => void;

/** Keeps a stream's bytes up to a limit, or hands them on where somebody consumes them. */
export class CappedOutput {
  private chunks: Buffer[] = [];
  private size = 0;
  private isOpen = true;

  constructor(
    private readonly maxBytes: number,
    private readonly consume: OutputConsumer | null = null,
  ) {}

  /** Returns false once the limit is passed; what was kept is then let go. */
  add(chunk: Buffer): boolean {
    if (!this.isOpen) return true;
    this.size += chunk.length;
    if (this.size > this.maxBytes) {
      this.discard();
      return false;
    }
    if (this.consume === null) this.chunks.push(chunk);
    else this.consume(chunk);
    return true;
  }

  /** Frees the memory and ignores whatever still comes. */
  discard(): void {
    this.isOpen = false;
    this.chunks = [];
  }

  /** What was kept, in the order in which it came. */
  taken(): readonly Buffer[] {
    return this.chunks;
  }
}

/** Keeps the last 4 KiB of a stream. */
export class TailOutput {
  private tail = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const joined = chunk.length >= TAIL_BYTES ? chunk : Buffer.concat([this.tail, chunk]);
    this.tail = Buffer.from(joined.subarray(Math.max(0, joined.length - TAIL_BYTES)));
  }

  text(): string {
    return this.tail.toString('utf8');
  }
}
