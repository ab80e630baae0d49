import { runWebhookChaos } from './webhook-chaos';

jest.setTimeout(3_600_000);

const CYCLES = 100;

describe('a hundred kills while receivers that misbehave are told of scans', () => {
  it('lose nothing, change nothing and keep the order', async () => {
    const { problems, ...did } = await runWebhookChaos(CYCLES, 23);
    process.stdout.write(
      `${CYCLES} kills: ${did.scans} scans, ${did.deliveries} deliveries, ${did.requests} requests, of which ` +
        `${did.repeated} repeated; ${did.steppedAside} stepped aside\n`,
    );
    expect(problems).toEqual([]);
    expect(did.deliveries).toBeGreaterThan(CYCLES * 10);
    expect(Math.min(did.repeated, did.steppedAside)).toBeGreaterThan(CYCLES);
  });
});
