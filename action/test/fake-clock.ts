import type { Clock } from '../src/github/github-api';

/** Time that passes when somebody waits for it. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  private time = 1_700_000_000_000;

  readonly now = (): number => this.time;

  readonly wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.time += ms;
    return Promise.resolve();
  };
}
