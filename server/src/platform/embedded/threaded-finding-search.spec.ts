import { openTemporaryDatabase } from '../../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../../test/support/temporary-database';
import { ThreadedFindingSearch } from './threaded-finding-search';

const ORDER = { scanId: 'none', terms: ['word'], from: 0, limit: 10 };
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE' };

describe('ThreadedFindingSearch', () => {
  let temporary: TemporaryDatabase;
  let search: ThreadedFindingSearch;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
    search = new ThreadedFindingSearch(temporary.file);
  });

  afterEach(async () => {
    await search.beforeApplicationShutdown();
    await temporary.dispose();
  });

  it('finds nothing of a scan without findings', async () => {
    expect(await search.positions(ORDER)).toEqual(new Int32Array());
  });

  it('refuses what would wait behind too many others, and serves those', async () => {
    const asked = Array.from({ length: 130 }, () => search.positions(ORDER));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    await expect(asked[129]).rejects.toMatchObject(UNAVAILABLE);
    expect(await search.positions(ORDER)).toEqual(new Int32Array());
  });

  it('tells of a search that fails and goes on', async () => {
    await temporary.unitOfWork.run((tx) =>
      tx.manager.query('ALTER TABLE scan_numbers RENAME TO elsewhere'),
    );
    await expect(search.positions(ORDER)).rejects.toMatchObject(UNAVAILABLE);
    await temporary.unitOfWork.run((tx) =>
      tx.manager.query('ALTER TABLE elsewhere RENAME TO scan_numbers'),
    );
    expect(await search.positions(ORDER)).toHaveLength(0);
  });

  it('takes nothing more when the server stops', async () => {
    await search.positions(ORDER);
    await search.beforeApplicationShutdown();
    await expect(search.positions(ORDER)).rejects.toMatchObject(UNAVAILABLE);
  });
});
