import type { Lockfile } from '../locked-package';
import { LockGraph, type DirectNeeds, type LockNode } from './lock-graph';

const NOBODY = { projectName: null, projectVersion: null };

function add(graph: LockGraph, name: string, facts: Partial<LockNode['facts']> = {}): LockNode {
  const node = graph.add({ type: 'cargo', name, version: '1', ...facts });
  if (node === null) throw new TypeError(`${name} was left out`);
  return node;
}

function lockfileOf(graph: LockGraph, direct?: DirectNeeds): Lockfile {
  return graph.lockfile(NOBODY, { tellsNeeds: true, ...(direct === undefined ? {} : { direct }) });
}

function scopesIn({ packages }: Lockfile): Record<string, string> {
  return Object.fromEntries(packages.map(({ name, scope }) => [name, scope]));
}

describe('the graph of a lock file', () => {
  it('says how many packages it leaves out', () => {
    const graph = new LockGraph();
    for (let index = 0; index < 50_003; index += 1) {
      graph.add({ type: 'cargo', name: `n${String(index)}`, version: '1' });
    }
    const { packages, notes } = lockfileOf(graph);
    expect(packages).toHaveLength(50_000);
    expect(notes).toEqual(['3 packages beyond the first 50000 left out']);
  });

  it('finds 32 namesakes of a name, so that edges cannot grow with the square of packages', () => {
    const graph = new LockGraph();
    for (let index = 0; index < 40; index += 1) add(graph, 'a', { version: String(index) });
    expect(graph.named('a')).toHaveLength(32);
    expect(lockfileOf(graph).packages).toHaveLength(40);
    expect(lockfileOf(graph).notes).toEqual([
      '8 packages of too many with one name, of which nothing tells who needs them: a',
    ]);
  });

  it('counts what its own parts need as needed by the project, for the same purpose', () => {
    const graph = new LockGraph();
    const [main, part] = [add(graph, 'main', { isOwn: true }), add(graph, 'part', { isOwn: true })];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => add(graph, name));
    if (a === undefined || b === undefined || c === undefined || d === undefined) return;
    main.needs.add(part).add(a);
    main.dev.add(d);
    part.optional.add(c);
    a.needs.add(b).add(part);
    const lockfile = lockfileOf(graph);
    expect(lockfile.direct).toEqual(['a@1', 'c@1', 'd@1']);
    expect(scopesIn(lockfile)).toEqual({ a: 'required', b: 'required', c: 'optional', d: 'dev' });
    expect(lockfile.packages.map(({ dependsOn }) => dependsOn)).toEqual([['b@1'], [], [], []]);
    expect(lockfileOf(graph, { required: [], optional: [], dev: [part] }).direct).toEqual(['c@1']);
  });

  it('keeps apart what could look the same', () => {
    const graph = new LockGraph();
    add(graph, 'a@1', { version: null });
    add(graph, 'a', { version: '1' });
    add(graph, 'a', { version: '1', qualifiers: { platform: 'java' } });
    add(graph, 'a', { version: '1', isOwn: true });
    expect(lockfileOf(graph).packages.map(({ key }) => key)).toEqual([
      'a%401',
      'a@1',
      'a@1?platform=java',
    ]);
  });

  it('takes the strongest of several reasons for a package', () => {
    const graph = new LockGraph();
    for (const scope of ['dev', 'required', 'optional'] as const) add(graph, 'a', { scope });
    expect(scopesIn(lockfileOf(graph))).toEqual({ a: 'required' });
  });

  it.each(['', 'a b', 'a\nb', 'a\u0000', '\ud800', 'x'.repeat(301)])(
    'leaves %j out as a name',
    (name) => {
      const graph = new LockGraph();
      expect(graph.add({ type: 'cargo', name, version: '1' })).toBeNull();
      expect(lockfileOf(graph).notes).toHaveLength(1);
    },
  );

  it('leaves an impossible version out, and says so', () => {
    const graph = new LockGraph();
    add(graph, 'a', { version: '1 || 2' });
    expect(lockfileOf(graph).packages).toMatchObject([{ version: null }]);
    expect(lockfileOf(graph).notes).toEqual([
      '1 package with an impossible version, which is left out: a',
    ]);
  });

  it('gives hashes of the only archive, and archives where there are several', () => {
    const graph = new LockGraph();
    const hashes = [{ algorithm: 'SHA-256' as const, hex: 'a'.repeat(64) }];
    add(graph, 'none', { archives: [{ file: 'x', hashes: [] }] });
    add(graph, 'one', {
      archives: [
        { file: 'x', hashes },
        { file: 'y', hashes: [] },
      ],
    });
    add(graph, 'two', {
      archives: [
        { file: 'x', hashes },
        { file: 'y', hashes },
      ],
    });
    expect(
      lockfileOf(graph).packages.map((found) => [found.hashes, found.archives?.length]),
    ).toEqual([
      [[], undefined],
      [hashes, undefined],
      [[], 2],
    ]);
  });
});

describe('notes', () => {
  it('name five examples, short and without secrets', () => {
    const graph = new LockGraph();
    const secret = `password=${'Zq7!'.repeat(5)}`;
    for (const name of [secret, 'b', 'b', 'c', 'd', 'e', 'f', 'g']) {
      graph.notes.said('dependency', 'that the file does not hold', name);
    }
    graph.notes.said('line', 'that cannot be read', 'x'.repeat(100));
    graph.notes.said('line', 'that cannot be read', '\u001b[31m');
    const [first = '', second = ''] = graph.notes.texts();
    expect(first).toMatch(/^8 dependencies that the file does not hold: .*, b, c, d, e, …$/u);
    expect(first).not.toContain('Zq7!');
    expect(second).toBe(`2 lines that cannot be read: ${'x'.repeat(60)}…, \\u001b[31m`);
  });
});
