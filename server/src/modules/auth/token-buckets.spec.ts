import fc from 'fast-check';
import { TokenBuckets } from './token-buckets';

function bucketsAt(perMinute: number, capacity: number) {
  let now = 0;
  const buckets = new TokenBuckets(perMinute, capacity, () => now);
  return { buckets, pass: (milliseconds: number) => void (now += milliseconds) };
}

it('begins full, empties, and says when to come again', () => {
  const { buckets, pass } = bucketsAt(60, 2);
  expect(buckets.take('ada', 1)).toEqual({
    isAllowed: true,
    remaining: 1,
    waitMs: 0,
    nextTokenMs: 0,
  });
  expect(buckets.take('ada', 1)).toMatchObject({
    isAllowed: true,
    remaining: 0,
    nextTokenMs: 1000,
  });
  expect(buckets.take('ada', 1)).toEqual({
    isAllowed: false,
    remaining: 0,
    waitMs: 1000,
    nextTokenMs: 1000,
  });
  expect(buckets.take('bob', 1).isAllowed).toBe(true);
  pass(999);
  expect(buckets.take('ada', 1).isAllowed).toBe(false);
  pass(1);
  expect(buckets.take('ada', 1).isAllowed).toBe(true);
});

it('lets even the costliest request pass some time', () => {
  const { buckets, pass } = bucketsAt(60, 3);
  expect(buckets.take('ada', 10).isAllowed).toBe(true);
  expect(buckets.take('ada', 10)).toMatchObject({ isAllowed: false, waitMs: 3000 });
  pass(3000);
  expect(buckets.take('ada', 10).isAllowed).toBe(true);
});

it('forgets whoever asked least lately, and never the one who asks', () => {
  const { buckets } = bucketsAt(1, 1);
  buckets.take('first', 1);
  for (let index = 0; index < 9_999; index += 1) buckets.take(`other ${index}`, 1);
  expect(buckets.take('first', 1).isAllowed).toBe(false);
  for (let index = 0; index < 10_000; index += 1) buckets.take(`another ${index}`, 1);
  expect(buckets.take('first', 1).isAllowed).toBe(true);
});

it('never gives more than it can hold and what it gained since', () => {
  const steps = fc.array(fc.record({ waitMs: fc.nat(5000), cost: fc.integer({ min: 1, max: 4 }) }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 4, max: 20 }),
      steps,
      (perMinute, capacity, asked) => {
        const { buckets, pass } = bucketsAt(perMinute, capacity);
        let passedMs = 0;
        let given = 0;
        for (const { waitMs, cost } of asked) {
          pass(waitMs);
          passedMs += waitMs;
          if (buckets.take('ada', cost).isAllowed) given += cost;
        }
        return given <= capacity + (passedMs * perMinute) / 60_000 + 1e-6;
      },
    ),
  );
});
