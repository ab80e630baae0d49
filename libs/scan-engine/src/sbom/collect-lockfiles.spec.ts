import { aFileTree } from '@securescan/testing';
import { collectLockfiles, SBOM_BUDGETS } from './collect-lockfiles';

const never = new AbortController().signal;

function npmLock(name: string): string {
  const version = '1.0.0';
  const packages = { '': { dependencies: { [name]: '*' } }, [`node_modules/${name}`]: { version } };
  return JSON.stringify({ name: 'shop', lockfileVersion: 3, packages });
}

describe('the lock files of a tree', () => {
  it('are read wherever they stand, each with what stands beside it', async () => {
    const tree = aFileTree({
      'package-lock.json': npmLock('oak'),
      'app/package-lock.json': npmLock('elm'),
      'old/package-lock.json': '{"lockfileVersion":1,"dependencies":{"fir":{"version":"1.0.0"}}}',
      'old/package.json': '{"name":"old","dependencies":{"fir":"^1.0.0"}}',
      'src/main.js': '',
    });
    const { files, unread, missing } = await collectLockfiles(tree, never);
    expect(files.map(({ path, lockfile }) => [path, lockfile.packages[0]?.name])).toEqual([
      ['app/package-lock.json', 'elm'],
      ['old/package-lock.json', 'fir'],
      ['package-lock.json', 'oak'],
    ]);
    expect(files[1]?.lockfile).toMatchObject({ projectName: 'old', direct: ['node_modules/fir'] });
    expect([unread, missing]).toEqual([[], []]);
  });

  it('are named where they cannot be read', async () => {
    const tree = {
      ...aFileTree({
        'a/package-lock.json': null,
        'b/package-lock.json': '<<<<<<< HEAD',
        'c/package-lock.json': npmLock('oak'),
      }),
      irregular: ['d/yarn.lock', 'd/socket'],
      skipped: [{ path: 'e', reason: 'the directory cannot be read' }],
    };
    const { files, unread } = await collectLockfiles(tree, never);
    expect(files.map(({ path }) => path)).toEqual(['c/package-lock.json']);
    expect(unread).toEqual([
      { path: 'a/package-lock.json', reason: 'it cannot be read as text' },
      { path: 'b/package-lock.json', reason: 'it is not a lock file as npm writes it' },
      { path: 'd/yarn.lock', reason: 'not a regular file' },
      { path: 'e', reason: 'the directory cannot be read' },
    ]);
  });

  it('are read within budgets, and what lies beyond is named', async () => {
    const tree = aFileTree({
      'a/package-lock.json': npmLock('oak'),
      'b/package-lock.json': npmLock('elm'),
      'c/package-lock.json': `${npmLock('fir')}${' '.repeat(1_000)}`,
    });
    const collect = async (budgets: Partial<typeof SBOM_BUDGETS>) =>
      (await collectLockfiles(tree, never, { budgets: { ...SBOM_BUDGETS, ...budgets } })).unread;
    expect(await collect({ lockfiles: 2 })).toEqual([
      { path: 'c/package-lock.json', reason: 'budget exceeded: more than 2 lock files' },
    ]);
    expect(await collect({ packages: 1 })).toHaveLength(2);
    expect(await collect({ lockfileBytes: 1_000 })).toEqual([
      { path: 'c/package-lock.json', reason: 'budget exceeded: larger than 0.001 MB' },
    ]);
  });

  it('are missed where a manifest needs something and has none', async () => {
    const tree = aFileTree({
      'go/go.mod': 'module example.org/a',
      'js/package.json': '{"dependencies":{"oak":"^1.0.0"}}',
      'js/only-a-type/package.json': '{"type":"module","dependencies":{}}',
      'kept/package.json': '{"dependencies":{"oak":"^1.0.0"}}',
      'kept/parts/till/package.json': '{"devDependencies":{"oak":"^1.0.0"}}',
      'kept/yarn.lock': '# yarn lockfile v1\n\noak@^1.0.0:\n  version "1.0.0"\n',
      'mix/mix.exs': '',
      'mix/mix.lock': '%{}',
      'node/Pipfile': '',
      'vendor/oak/package.json': '{"dependencies":{"elm":"^1.0.0"}}',
      'vendor/oak/package-lock.json': npmLock('elm'),
    });
    const { files, missing, aside } = await collectLockfiles(tree, never);
    expect(files.map(({ path }) => path)).not.toContain('vendor/oak/package-lock.json');
    expect(missing).toEqual([
      'mix/mix.lock: it is of a kind that is not read',
      'js/package.json: it has no lock file, so what it needs is not listed',
      'node/Pipfile: it has no lock file, so what it needs is not listed',
    ]);
    expect(aside).toEqual([
      'vendor/oak/package-lock.json: it belongs to a package of others and is not read',
    ]);
  });

  it('are not named without end', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`${String(index)}/Pipfile`, '']),
    );
    const { missing } = await collectLockfiles(aFileTree(many), never);
    expect(missing).toHaveLength(21);
    expect(missing.at(-1)).toMatch(/^80 more files of which the same is true/u);
  });

  it('are left alone once nobody wants them any more', async () => {
    const tree = aFileTree({ 'package-lock.json': npmLock('oak') });
    await expect(collectLockfiles(tree, AbortSignal.abort())).rejects.toThrow();
  });
});
