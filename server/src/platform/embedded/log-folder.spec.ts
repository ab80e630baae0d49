import { readFileSync, statSync } from 'node:fs';
import { openTemporaryDatabase } from '../../../test/support/temporary-database';

jest.setTimeout(60_000);

const UNITS = 150;
const MOST_BYTES = 250 * 1024 * 1024;

/** By this byte whoever opens the database sees that others have it open (https://sqlite.org/walformat.html, section 2.3.1). */
const IN_USE = '128 128';

/** The locks of this process on a file, as first and last byte. */
function locksOn(file: string): string[] {
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .map((line) => line.split(/\s+/u))
    .filter((words) => words[4] === String(process.pid) && words[5]?.endsWith(`:${ino}`) === true)
    .map((words) => words.slice(6).join(' '));
}

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
    if (process.platform === 'linux') expect(locksOn(`${file}-shm`)).toContain(IN_USE);
  } finally {
    await dispose();
  }
});
