import { runManyScans } from './many-scans';

jest.setTimeout(120_000);

describe('twelve scans at once', () => {
  it('all complete, with never more tools running than there are slots', async () => {
    const { statuses, started, mostAtOnce, slots } = await runManyScans(12);
    expect([...statuses]).toEqual(['completed']);
    expect(started).toBe(24);
    expect(mostAtOnce).toBe(slots);
  });
});
