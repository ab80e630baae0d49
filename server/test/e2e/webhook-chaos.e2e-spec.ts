import { runWebhookChaos } from './webhook-chaos';

jest.setTimeout(120_000);

describe('a server that is killed while it tells receivers that misbehave', () => {
  it('loses nothing, changes nothing and keeps the order', async () => {
    const { problems, ...did } = await runWebhookChaos(2, 5);
    expect(problems).toEqual([]);
    // Else it would have shown nothing.
    expect(did.scans).toBeGreaterThan(5);
    expect(did.repeated).toBeGreaterThan(0);
  });
});
