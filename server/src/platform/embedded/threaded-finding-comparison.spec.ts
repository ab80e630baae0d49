import { openTemporaryDatabase } from '../../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../../test/support/temporary-database';
import { ThreadedFindingComparison } from './threaded-finding-comparison';

const SIDE = { scanId: 'none', coverage: [] };
const ORDER = { base: SIDE, head: SIDE };
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE' };

describe('ThreadedFindingComparison', () => {
  let temporary: TemporaryDatabase;
  let comparison: ThreadedFindingComparison;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
    comparison = new ThreadedFindingComparison(temporary.file);
  });

  afterEach(async () => {
    await comparison.beforeApplicationShutdown();
    await temporary.dispose();
  });

  it('finds nothing between scans without findings', async () => {
    const { lists, byScanner } = await comparison.compare(ORDER);
    expect(Object.values(lists).map(({ positions }) => positions.length)).toEqual(
      Array.from({ length: 6 }, () => 0),
    );
    expect(byScanner.size).toBe(0);
  });

  it('refuses what would wait behind too many others, and serves no more once the server stops', async () => {
    const asked = Array.from({ length: 25 }, () => comparison.compare(ORDER));
    const all = Promise.allSettled(asked);
    await expect(asked[24]).rejects.toMatchObject(UNAVAILABLE);
    await asked[0];
    await comparison.beforeApplicationShutdown();
    const settled = await all;
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(20);
    await expect(comparison.compare(ORDER)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('tells of a comparison that fails and goes on', async () => {
    await temporary.unitOfWork.run((tx) =>
      tx.manager.query('ALTER TABLE scan_numbers RENAME TO elsewhere'),
    );
    await expect(comparison.compare(ORDER)).rejects.toMatchObject(UNAVAILABLE);
    await temporary.unitOfWork.run((tx) =>
      tx.manager.query('ALTER TABLE elsewhere RENAME TO scan_numbers'),
    );
    expect((await comparison.compare(ORDER)).byScanner.size).toBe(0);
  });
});
