import { performance } from 'node:perf_hooks';
import { Clock } from '../../ports/clock.port';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  monotonicMs(): number {
    return performance.now();
  }
}
