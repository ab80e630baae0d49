import { statSync } from 'node:fs';
import { openTemporaryDatabase } from '../../../test/support/temporary-database';

jest.setTimeout(60_000);

const UNITS = 150;
const MOST_BYTES = 250 * 1024 * 1024;

it('keeps the log of the database small while somebody writes without a pause', async () => {
  const { file, database, unitOfWork, dispose } = await openTemporaryDatabase();
  try {
    await database.writer.query('CREATE TABLE filler (bytes BLOB)');
    let largest = 0;
    for (let unit = 0; unit < UNITS; unit += 1) {
      await unitOfWork.run(({ manager }) =>
        manager.query('INSERT INTO filler VALUES (randomblob(4000000))'),
      );
      largest = Math.max(largest, statSync(`${file}-wal`).size);
    }
    expect(largest).toBeLessThan(MOST_BYTES);
    expect(await database.reader.query('SELECT count(*) AS units FROM filler')).toEqual([
      { units: UNITS },
    ]);
  } finally {
    await dispose();
  }
});
