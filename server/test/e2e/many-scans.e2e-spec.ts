import { runManyScans } from './many-scans';

jest.setTimeout(60_000);

describe('twenty scans at once', () => {
  it('all complete, with never more tools running than there are slots', async () => {
    const { statuses, started, mostAtOnce, slots } = await runManyScans(20);
    expect([...statuses]).toEqual(['completed']);
    expect(started).toBe(40);
    expect(mostAtOnce).toBe(slots);
  });
});
