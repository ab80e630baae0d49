import type { JobQueue } from '../../ports/job-queue.port';

/** Resolves when told to, so that a test decides when a job ends. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every adapter of JobQueue must do. */
export function describeJobQueue(name: string, create: () => JobQueue): void {
  describe(`${name} as JobQueue`, () => {
    it('hands every job to the handler, those added before it was named too', async () => {
      const queue = create();
      const handled: string[] = [];
      const last = gate();

      await queue.add('scan.run', { scanId: 'before' });
      queue.process(
        'scan.run',
        ({ scanId }) => {
          handled.push(scanId);
          if (scanId === 'after') {
            last.open();
          }
          return Promise.resolve();
        },
        { concurrency: 1 },
      );
      await queue.add('scan.run', { scanId: 'after' });
      await last.opened;

      expect(handled).toEqual(['before', 'after']);
    });

    it('accepts a job without waiting for its handler', async () => {
      const queue = create();
      let hasStarted = false;
      const end = gate();
      queue.process(
        'scan.run',
        async () => {
          hasStarted = true;
          await end.opened;
        },
        { concurrency: 1 },
      );

      await queue.add('scan.run', { scanId: 'a' });

      expect(hasStarted).toBe(false);
      end.open();
      await queue.drain(5000);
    });

    it('runs as many at once as allowed, and the others in the order of adding', async () => {
      const queue = create();
      const gates = ['a', 'b', 'c', 'd'].map((scanId) => ({
        scanId,
        started: gate(),
        end: gate(),
      }));
      const running = new Set<string>();
      let most = 0;
      queue.process(
        'scan.run',
        async ({ scanId }) => {
          const job = gates.find((candidate) => candidate.scanId === scanId)!;
          running.add(scanId);
          most = Math.max(most, running.size);
          job.started.open();
          await job.end.opened;
          running.delete(scanId);
        },
        { concurrency: 2 },
      );

      for (const { scanId } of gates) {
        await queue.add('scan.run', { scanId });
      }
      await Promise.all([gates[0]!.started.opened, gates[1]!.started.opened]);
      expect([...running]).toEqual(['a', 'b']);
      gates[1]!.end.open();
      await gates[2]!.started.opened;
      expect([...running]).toEqual(['a', 'c']);
      for (const { end } of gates) {
        end.open();
      }
      await gates[3]!.started.opened;

      expect(most).toBe(2);
    });

    it('goes on with the next job when a handler fails, at once or later', async () => {
      const queue = create();
      const logged = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      const third = gate();
      queue.process(
        'scan.run',
        ({ scanId }) => {
          if (scanId === 'throws') {
            throw new RangeError('thrown by a handler');
          }
          if (scanId === 'rejects') {
            return Promise.reject(new RangeError('rejected by a handler'));
          }
          third.open();
          return Promise.resolve();
        },
        { concurrency: 1 },
      );

      for (const scanId of ['throws', 'rejects', 'works']) {
        await queue.add('scan.run', { scanId });
      }
      await third.opened;
      const log = logged.mock.calls.join('');
      logged.mockRestore();

      expect(log).toContain('scan.run job failed');
      expect(log).toContain('thrown by a handler');
      expect(log).toContain('rejected by a handler');
    });

    it('starts nothing more once it drains, and says when the rest has ended', async () => {
      const queue = create();
      const handled: string[] = [];
      const started = gate();
      const end = gate();
      queue.process(
        'scan.run',
        async ({ scanId }) => {
          handled.push(scanId);
          started.open();
          await end.opened;
        },
        { concurrency: 1 },
      );
      await queue.add('scan.run', { scanId: 'running' });
      await queue.add('scan.run', { scanId: 'waiting' });
      await started.opened;

      const drained = queue.drain(5000);
      end.open();

      await expect(drained).resolves.toBe(true);
      expect(handled).toEqual(['running']);
    });

    it('does not wait for a job for ever', async () => {
      const queue = create();
      const started = gate();
      const end = gate();
      queue.process(
        'scan.run',
        async () => {
          started.open();
          await end.opened;
        },
        { concurrency: 1 },
      );
      await queue.add('scan.run', { scanId: 'endless' });
      await started.opened;

      await expect(queue.drain(10)).resolves.toBe(false);
      end.open();
    });

    it('has drained at once when nothing runs', async () => {
      await expect(create().drain(0)).resolves.toBe(true);
    });
  });
}
