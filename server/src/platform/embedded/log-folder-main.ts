import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/* The thread of a LogFolder: a connection of its own, which folds the log whenever it is asked to. */

const connection = new Sqlite(String(workerData), { fileMustExist: true });
connection.pragma('synchronous = NORMAL');

parentPort?.on('message', (order: 'fold' | 'close') => {
  if (order === 'fold') {
    // Passive: it takes what it can without keeping anybody from writing or reading.
    connection.pragma('wal_checkpoint(PASSIVE)');
    parentPort?.postMessage('folded');
    return;
  }
  connection.close();
  parentPort?.close();
});
