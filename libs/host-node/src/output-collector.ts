const TAIL_BYTES = 4096;

/** Keeps a stream's bytes up to a limit. */
export class CappedOutput {
  private chunks: Buffer[] = [];
  private size = 0;
  private isOpen = true;

  constructor(private readonly maxBytes: number) {}

  /** Returns false once the limit is passed; what was kept is then let go. */
  add(chunk: Buffer): boolean {
    if (!this.isOpen) return true;
    this.size += chunk.length;
    if (this.size > this.maxBytes) {
      this.discard();
      return false;
    }
    this.chunks.push(chunk);
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
