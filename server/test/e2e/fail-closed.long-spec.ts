import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { asOwner, guarded, remove, welcomed } from './strangers';

jest.setTimeout(600_000);

/** Readers take their places in the file beside the log; whoever holds these bytes keeps all of them out. */
const LOCK = `use Fcntl; open(F, '+<', $ARGV[0]) or die; $| = 1;
  my $bytes = pack('s s x4 q q i x4', F_WRLCK, 0, 120, 8, 0);
  fcntl(F, F_SETLKW, $bytes) or die; print 'locked'; <STDIN>`;

// SQLite waits ten seconds for each question before it gives up.
it('nobody comes in because another process lets nobody read the database', async () => {
  const server = await guarded();
  const holder = spawn('perl', ['-e', LOCK, `${server.file}-shm`]);
  try {
    await once(holder.stdout, 'data');
    expect(await welcomed(server)).toEqual([]);
    expect(await asOwner(server)).toBe(503);
    holder.stdin.end();
    await once(holder, 'exit');
    expect(await welcomed(server)).toEqual([]);
    expect(await asOwner(server)).toBe(200);
  } finally {
    holder.kill();
    await remove(server);
  }
});
