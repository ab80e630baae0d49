import { DefectError } from '@securescan/core';
import { openTemporaryDatabase } from '../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../test/support/temporary-database';
import { InstanceSettingEntity } from '../modules/instance/instance-setting.entity';
import type { DomainEventMap } from './domain-event-map';
import type { Transaction } from './unit-of-work';

const NOW = '2026-01-01T00:00:00.000Z';

class Refusal extends Error {}

function setting(key: string): { key: string; value: boolean; updatedAt: string } {
  return { key, value: true, updatedAt: NOW };
}

function anotherTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}

jest.setTimeout(30_000);

describe('UnitOfWork', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return temporary.unitOfWork.run(work);
  }

  async function keys(): Promise<string[]> {
    const rows = await temporary.read.manager.find(InstanceSettingEntity);
    return rows.map(({ key }) => key).sort((a, b) => (a < b ? -1 : 1));
  }

  describe('with many callers at once', () => {
    it('leaves exactly the rows of the units that committed', async () => {
      const CALLERS = 120;
      const attempts = Array.from({ length: CALLERS }, (_, n) => {
        switch (n % 4) {
          case 0: // several writes with pauses between them, committed
            return run(async ({ manager }) => {
              await manager.insert(InstanceSettingEntity, setting(`committed-${n}-a`));
              await anotherTurn();
              await manager.insert(InstanceSettingEntity, setting(`committed-${n}-b`));
            });
          case 1: // the same, rolled back at its end
            return run(async ({ manager }) => {
              await manager.insert(InstanceSettingEntity, setting(`refused-${n}-a`));
              await anotherTurn();
              await manager.insert(InstanceSettingEntity, setting(`refused-${n}-b`));
              throw new Refusal();
            });
          case 2: // TypeORM's own save, which would begin a transaction by itself
            return run(({ manager }) => manager.save(InstanceSettingEntity, setting(`saved-${n}`)));
          default: // a statement that the database refuses
            return run(async ({ manager }) => {
              await manager.insert(InstanceSettingEntity, setting(`doubled-${n}`));
              await manager.insert(InstanceSettingEntity, setting(`doubled-${n}`));
            });
        }
      });

      const outcomes = await Promise.allSettled(attempts);

      expect(outcomes.map(({ status }) => status)).toEqual(
        outcomes.map((_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')),
      );
      const expected = outcomes
        .flatMap((_, n) => {
          if (n % 4 === 0) {
            return [`committed-${n}-a`, `committed-${n}-b`];
          }
          return n % 4 === 2 ? [`saved-${n}`] : [];
        })
        .sort((a, b) => (a < b ? -1 : 1));
      expect(await keys()).toEqual(expected);
    });

    it('serves them first come, first served', async () => {
      const order: number[] = [];

      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          run(async () => {
            await anotherTurn();
            order.push(n);
          }),
        ),
      );

      expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });

    it('lets the event loop turn between them', async () => {
      let turns = 0;
      let isDone = false;
      const count = (): void => {
        turns += 1;
        if (!isDone) {
          setImmediate(count);
        }
      };
      setImmediate(count);

      try {
        await Promise.all(
          Array.from({ length: 300 }, (_, n) =>
            run(({ manager }) => manager.insert(InstanceSettingEntity, setting(`k${n}`))),
          ),
        );
      } finally {
        isDone = true;
      }

      expect(turns).toBeGreaterThan(3);
    });
  });

  it('gives back what the work returns', async () => {
    await expect(run(() => Promise.resolve(42))).resolves.toBe(42);
  });

  it('passes on what the work throws, also before its first await', async () => {
    await expect(
      run(() => {
        throw new Refusal();
      }),
    ).rejects.toThrow(Refusal);
    await expect(run(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  it('shows its rows to readers only once it is committed', async () => {
    let seenWithin: string[] = [];

    await run(async ({ manager }) => {
      await manager.insert(InstanceSettingEntity, setting('a'));
      seenWithin = await keys();
    });

    expect(seenWithin).toEqual([]);
    expect(await keys()).toEqual(['a']);
  });

  it('refuses a unit within a unit instead of waiting for itself', async () => {
    await expect(run(() => run(() => Promise.resolve()))).rejects.toThrow(DefectError);
  });

  it('lets work that a unit has left behind begin a unit of its own later', async () => {
    let later: Promise<string> = Promise.resolve('');
    await run(() => {
      later = anotherTurn()
        .then(anotherTurn)
        .then(() => run(() => Promise.resolve('done')));
      return Promise.resolve();
    });

    await expect(later).resolves.toBe('done');
  });

  it('is dead after its end', async () => {
    const escaped = await run((tx) => Promise.resolve({ tx }));

    expect(() => escaped.tx.manager).toThrow(DefectError);
    await expect(escaped.tx.publish('scan.queued', { scanId: 's' })).rejects.toThrow(DefectError);
  });

  it('refuses everything after it was closed, and ends what was queued', async () => {
    const queued = run(({ manager }) => manager.insert(InstanceSettingEntity, setting('queued')));

    await temporary.unitOfWork.close();

    await expect(queued).resolves.toBeDefined();
    await expect(run(() => Promise.resolve())).rejects.toThrow(DefectError);
    expect(await keys()).toEqual(['queued']);
  });

  it('goes on after SQLite itself has rolled back', async () => {
    await expect(
      run(async ({ manager }) => {
        await manager.insert(InstanceSettingEntity, setting('lost'));
        // What a full disk does to a transaction.
        await manager.query('ROLLBACK');
        throw new Refusal();
      }),
    ).rejects.toThrow(Refusal);

    await run(({ manager }) => manager.save(InstanceSettingEntity, setting('kept')));
    expect(await keys()).toEqual(['kept']);
  });

  it('cannot be passed by: the connection for queries does not write', async () => {
    await expect(
      temporary.read.manager.insert(InstanceSettingEntity, setting('a')),
    ).rejects.toThrow('readonly');
  });

  describe('events', () => {
    const fact: DomainEventMap['scan.failed'] = { scanId: 's', error: 'why' };

    it('reach in-transaction handlers within the transaction, in order', async () => {
      for (const n of [1, 2]) {
        temporary.events.register(
          { name: 'scan.failed', when: 'in-transaction' },
          async (_payload, tx) => {
            await tx?.manager.insert(InstanceSettingEntity, setting(`handler-${n}`));
          },
        );
      }

      await run((tx) => tx.publish('scan.failed', fact));

      expect(await keys()).toEqual(['handler-1', 'handler-2']);
    });

    it('roll everything back if an in-transaction handler fails, and nobody hears of them', async () => {
      const heard: unknown[] = [];
      temporary.events.register({ name: 'scan.failed', when: 'in-transaction' }, () =>
        Promise.reject(new Refusal()),
      );
      temporary.events.register({ name: 'scan.failed', when: 'after-commit' }, (payload) =>
        heard.push(payload),
      );

      await expect(
        run(async (tx) => {
          await tx.manager.insert(InstanceSettingEntity, setting('a'));
          await tx.publish('scan.failed', fact);
        }),
      ).rejects.toThrow(Refusal);

      expect(await keys()).toEqual([]);
      expect(heard).toEqual([]);
    });

    it('reach after-commit handlers when readers see the rows, in the order of telling', async () => {
      const heard: string[] = [];
      for (const name of ['scan.queued', 'scan.cancelled'] as const) {
        temporary.events.register({ name, when: 'after-commit' }, () => {
          heard.push(name);
        });
      }
      let seen: string[] = [];
      temporary.events.register({ name: 'scan.queued', when: 'after-commit' }, async () => {
        seen = await keys();
      });

      await run(async (tx) => {
        await tx.publish('scan.queued', { scanId: 's' });
        await tx.manager.insert(InstanceSettingEntity, setting('a'));
        await tx.publish('scan.cancelled', { scanId: 's' });
        expect(heard).toEqual([]);
      });
      await temporary.events.settled();

      expect(heard).toEqual(['scan.queued', 'scan.cancelled']);
      expect(seen).toEqual(['a']);
    });

    it('may start a unit of work after the commit', async () => {
      temporary.events.register({ name: 'scan.queued', when: 'after-commit' }, async () => {
        await run(({ manager }) => manager.insert(InstanceSettingEntity, setting('reaction')));
      });

      await run((tx) => tx.publish('scan.queued', { scanId: 's' }));
      await temporary.events.settled();

      expect(await keys()).toEqual(['reaction']);
    });

    it.each([
      [
        'throws',
        (): never => {
          throw new Refusal('from the handler');
        },
      ],
      ['rejects', (): Promise<never> => Promise.reject(new Refusal('from the handler'))],
    ])(
      'keep the failure of an after-commit handler that %s from the publisher, with its name in the log',
      async (_how, fail) => {
        const logged = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
        const heard: unknown[] = [];
        temporary.events.register({ name: 'scan.failed', when: 'after-commit' }, fail);
        temporary.events.register({ name: 'scan.failed', when: 'after-commit' }, (payload) =>
          heard.push(payload),
        );
        try {
          await run((tx) => tx.publish('scan.failed', fact));
          await temporary.events.settled();

          expect(heard).toEqual([fact]);
          expect(logged.mock.calls.join('')).toMatch(/scan\.failed.*from the handler/);
        } finally {
          logged.mockRestore();
        }
      },
    );
  });
});
