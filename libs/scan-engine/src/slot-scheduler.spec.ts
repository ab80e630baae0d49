import fc from 'fast-check';
import { SlotScheduler } from './slot-scheduler';

const never = new AbortController().signal;

/** Work that runs until it is told to end. */
function held(): { work: () => Promise<void>; end: () => void; hasBegun: () => boolean } {
  let end: () => void = () => undefined;
  let hasBegun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    work: () => {
      hasBegun = true;
      return ended;
    },
    end: () => {
      end();
    },
    hasBegun: () => hasBegun,
  };
}

describe('SlotScheduler', () => {
  it('never runs more pieces than it has slots, and all of them in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 }),
        async (slots, lanes) => {
          const scheduler = new SlotScheduler(slots);
          let running = 0;
          let most = 0;
          let done = 0;
          const piece = async (): Promise<void> => {
            running += 1;
            most = Math.max(most, running);
            await Promise.resolve();
            running -= 1;
            done += 1;
          };
          await Promise.all(
            lanes.flatMap((pieces) => {
              const lane = scheduler.lane();
              return Array.from({ length: pieces }, () => lane.run(piece, never));
            }),
          );
          expect(most).toBeLessThanOrEqual(slots);
          expect(done).toBe(lanes.reduce((sum, pieces) => sum + pieces, 0));
        },
      ),
    );
  });

  it('gives each scan its turn, however much another one waits with', async () => {
    const scheduler = new SlotScheduler(1);
    const order: string[] = [];
    const big = scheduler.lane();
    const small = scheduler.lane();
    const note = (name: string) => (): Promise<void> => {
      order.push(name);
      return Promise.resolve();
    };
    await Promise.all([
      ...['b1', 'b2', 'b3', 'b4'].map((name) => big.run(note(name), never)),
      ...['s1', 's2'].map((name) => small.run(note(name), never)),
    ]);
    expect(order).toEqual(['b1', 'b2', 's1', 'b3', 's2', 'b4']);
  });

  it('frees the slot of a piece that fails', async () => {
    const lane = new SlotScheduler(1).lane();
    await expect(lane.run(() => Promise.reject(new RangeError('broken')), never)).rejects.toThrow(
      'broken',
    );
    await expect(lane.run(() => Promise.resolve('next'), never)).resolves.toBe('next');
  });

  it('takes an aborted piece out of the line and never starts it', async () => {
    const lane = new SlotScheduler(1).lane();
    const first = held();
    const second = held();
    const stop = new AbortController();
    const running = lane.run(first.work, never);
    const waiting = lane.run(second.work, stop.signal);
    stop.abort(new RangeError('enough'));
    await expect(waiting).rejects.toThrow('enough');
    first.end();
    await running;
    await expect(lane.run(() => Promise.resolve('free'), never)).resolves.toBe('free');
    expect(second.hasBegun()).toBe(false);
  });
});
