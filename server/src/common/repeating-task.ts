/**
 * Work that is done at once, again and again, and when asked for in between, never twice at a time. The timer keeps no process alive; `stop` resolves when
 * what was under way has ended, which it may do early by asking whether it should.
 */
export class RepeatingTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  /** @param work must not reject. */
  constructor(
    private readonly everyMs: number,
    private readonly work: (isStopping: () => boolean) => Promise<void>,
  ) {}

  start(): void {
    this.runSoon();
    this.timer = setInterval(() => {
      this.runSoon();
    }, this.everyMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Once more, after what is under way. */
  runSoon(): void {
    this.running = this.running.then(() => this.work(() => this.isStopping));
  }
}
