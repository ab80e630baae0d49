import { STEPS } from './history/steps';
import { expectTold } from './history/told';
import { Workbench } from './support';

jest.setTimeout(600_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

describe('a history of forty changes', () => {
  it('is told change by change, all of them', async () => {
    expect(STEPS.length).toBeGreaterThanOrEqual(40);
    await expectTold(bench, () => true);
  });
});
