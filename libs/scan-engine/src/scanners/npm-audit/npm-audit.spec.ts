import { aCommandContext, aFileTree } from '@securescan/testing';
import fc from 'fast-check';
import type { ToolPlan } from '../../scanner';
import { describeParserContract } from '../parser.contract';
import { ScannerOutputError } from '../scanner-output.errors';
import { readLockedVersions } from './locked-versions';
import { parseNpmAudit } from './parse';
import { readPlainLock } from './plain-lock';
import { npmAuditScanner } from './scanner';

describeParserContract('npm-audit', parseNpmAudit, { subject: 'web/package-lock.json' });

describe('parseNpmAudit', () => {
  it.each([
    ['{"statusCode":405,"message":"not allowed","error":"no"}', 'not allowed'],
    ['{"error":{"code":"ENOLOCK","summary":"needs a lock file"}}', 'needs a lock file'],
    ['{"message":"","error":{"summary":"","detail":""}}', 'it says neither'],
    ['{"error":"no such endpoint"}', 'no such endpoint'],
  ])('refuses %s, and says why', (body, words) => {
    expect(() => parseNpmAudit(body, '')).toThrow(ScannerOutputError);
    expect(() => parseNpmAudit(body, '')).toThrow(words);
  });

  it('tells an advisory once, however many packages lead to it', () => {
    const advisory = {
      source: 7,
      name: 'a',
      title: 'Bad',
      url: null,
      severity: 'moderate',
      range: '<2',
    };
    const entry = (name: string, via: unknown[]) => ({
      name,
      via,
      nodes: [`node_modules/${name}`],
    });
    const report = {
      vulnerabilities: {
        a: entry('a', [advisory]),
        b: entry('b', ['a']),
        c: entry('c', [advisory]),
      },
    };
    const versions = { 'node_modules/a': '1.0.0' };
    expect(
      parseNpmAudit(JSON.stringify(report), 'package-lock.json', versions).findings,
    ).toMatchObject([
      { ruleId: 'npm-audit/7', severity: 'medium', cwe: 'CWE-1395', discriminator: 'a' },
    ]);
  });
});

describe('the facts of an advisory', () => {
  const advisory = { source: 7, name: 'a', title: 'Bad', severity: 'high', range: '<2' };
  const metadata = (entry: object, versions: Readonly<Record<string, string>>) => {
    const report = { vulnerabilities: { a: { via: [advisory], ...entry } } };
    return parseNpmAudit(JSON.stringify(report), '', versions).findings[0]?.metadata;
  };

  it('tell the version that removes it where npm names the package itself', () => {
    const fix = (name: string) => ({ fixAvailable: { name, version: '2.0.0' } });
    expect(metadata(fix('a'), {})).toMatchObject({ fixed_version: '2.0.0' });
    expect(metadata(fix('b'), {})).not.toHaveProperty('fixed_version');
  });

  it('name no version in the package URL where several are installed', () => {
    const nodes = ['node_modules/a', 'node_modules/b/node_modules/a'];
    const [first = '', second = ''] = nodes;
    expect(metadata({ nodes }, { [first]: '1.0.0', [second]: '1.1.0' })).toMatchObject({
      purl: 'pkg:npm/a',
      installed_version: '1.0.0, 1.1.0',
    });
    expect(metadata({ nodes }, { [first]: '1.0.0', [second]: '1.0.0' })).toMatchObject({
      purl: 'pkg:npm/a@1.0.0',
    });
  });
});

describe('readPlainLock', () => {
  function plain(lock: object): unknown {
    const read = readPlainLock(JSON.stringify(lock));
    return read === null ? null : { leftOut: read.leftOut, ...JSON.parse(read.text) };
  }

  it('keeps packages, aliases, workspaces and links', () => {
    const packages = {
      '': { dependencies: { a: '^1.0.0' }, devDependencies: { c: '1' } },
      'node_modules/a': { version: '1.0.0', optional: true, dependencies: { b: '*' } },
      'node_modules/a/node_modules/@scope/b': { version: '2.0.0' },
      'node_modules/alias': { name: 'JSONStream', version: '1.0.0' },
      'node_modules/@shop/api': { resolved: 'packages/api', link: true },
      'packages/api': { name: '@shop/api', version: '1.0.0', dependencies: { a: '1' } },
    };
    const lock = { lockfileVersion: 3, requires: true, packages };
    expect(plain(lock)).toEqual({ leftOut: 0, ...lock });
  });

  it('keeps the tree of version 1', () => {
    const dependencies = {
      a: { version: '1.0.0', requires: { b: '*' }, dependencies: { b: { version: '2.0.0' } } },
      alias: { version: 'npm:@scope/other@1.0.0', dev: true },
    };
    const lock = { lockfileVersion: 1, requires: true, dependencies };
    expect(plain(lock)).toEqual({ leftOut: 0, ...lock });
  });

  it.each([
    'http://evil.example/a.tgz',
    'a@http://evil.example/a.tgz',
    'git+ssh://evil.example/a',
    'file:/etc',
    'gist:0123456789',
    'user/repository',
    './a',
    '../a',
    '.',
    '..',
    'a.tgz',
    'a\\b',
    'a b',
    '@a',
    '',
    7,
  ])('leaves out a package with the name %j', (name) => {
    const packages = { 'node_modules/a': { name, version: '1.0.0' } };
    expect(plain({ lockfileVersion: 3, packages })).toMatchObject({ leftOut: 1, packages: {} });
    const places = { [`node_modules/${name}`]: { version: '1.0.0' } };
    const read = plain({ lockfileVersion: 3, packages: places });
    if (name !== 7) expect(JSON.stringify(read)).not.toContain(`"node_modules/${name}"`);
    const dependencies = { [name]: { version: '1.0.0' } };
    const old = plain({ lockfileVersion: 1, dependencies });
    if (name !== 7) expect(old).toMatchObject({ leftOut: 1, dependencies: {} });
  });

  it('leaves nothing that leads out of the directory, and no workspaces to look for', () => {
    const packages = {
      '': { name: 'git+ssh://x', workspaces: ['../../**'], scripts: { a: 'b' } },
      'node_modules/a': { resolved: '../a', link: true },
      '../a': { version: '1.0.0' },
      'node_modules/b': { resolved: '../../b', link: true },
      'node_modules/c': { resolved: '/etc', link: true },
      '/etc': { version: '1.0.0' },
      'x/../../y': { version: '1.0.0' },
      'node_modules/d': { version: '1.0.0', resolved: 'http://evil.example/d.tgz' },
    };
    expect(plain({ lockfileVersion: 3, packages })).toMatchObject({
      leftOut: 4,
      packages: {
        '': {},
        'node_modules/a': { resolved: '__/a', link: true },
        '__/a': { version: '1.0.0' },
        'node_modules/d': { version: '1.0.0' },
      },
    });
    const dependencies = { a: { version: 'file:../../a' }, b: { version: 'npm:git:x@1' } };
    expect(plain({ lockfileVersion: 1, dependencies })).toMatchObject({
      dependencies: { a: {}, b: {} },
    });
    expect(JSON.stringify(plain({ lockfileVersion: 1, dependencies }))).not.toContain('version":"');
  });

  it('never throws, and gives a lock file that it takes as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const once = readPlainLock(text);
        if (once === null) return;
        expect(readPlainLock(once.text)).toEqual({ text: once.text, leftOut: 0 });
      }),
    );
    const deep = `{"dependencies":${'{"a":{"dependencies":'.repeat(3_000)}{}${'}}'.repeat(3_000)}}`;
    expect(readPlainLock(deep)?.leftOut).toBe(1);
  });
});

describe('readLockedVersions', () => {
  it.each([
    [
      {
        lockfileVersion: 3,
        packages: { '': {}, 'node_modules/a': { version: '1' }, b: { link: true } },
      },
      { 'node_modules/a': '1' },
    ],
    [
      {
        lockfileVersion: 1,
        dependencies: { a: { version: '1', dependencies: { b: { version: '2' } } } },
      },
      { 'node_modules/a': '1', 'node_modules/a/node_modules/b': '2' },
    ],
    [{ lockfileVersion: 1 }, {}],
    [{ something: 'else' }, null],
  ])('of %j', (lock, expected) => {
    expect(readLockedVersions(JSON.stringify(lock))).toEqual(expected);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(() => readLockedVersions(text)).not.toThrow();
      }),
    );
    const deep = `{"dependencies":${'{"a":{"dependencies":'.repeat(3_000)}{}${'}}'.repeat(3_000)}}`;
    expect(readLockedVersions(deep)).toEqual({});
  });
});

describe('the plan of npm-audit', () => {
  const LOCK = '{"lockfileVersion":3,"packages":{}}';

  async function plan(contents: Readonly<Record<string, string | null>>): Promise<ToolPlan> {
    return npmAuditScanner.plan(
      aCommandContext({
        files: aFileTree(contents),
      }),
    );
  }

  it('makes a call for each lock file, and prefers the one that npm prefers', async () => {
    const { commands } = await plan({
      'package-lock.json': LOCK,
      'api/package-lock.json': LOCK,
      'api/npm-shrinkwrap.json': LOCK,
      'docs/package.json': '{}',
    });
    expect(commands.map(({ subject, files }) => [subject, Object.keys(files ?? {})])).toEqual([
      ['api/npm-shrinkwrap.json', ['npm-shrinkwrap.json', 'user.npmrc', 'global.npmrc']],
      ['package-lock.json', ['package-lock.json', 'user.npmrc', 'global.npmrc']],
    ]);
  });

  it('names the lock files that nobody assesses', async () => {
    const { commands, skipped } = await plan({
      'a/package-lock.json': '<<<<<<< HEAD',
      'b/package-lock.json': null,
      'c/yarn.lock': '',
      'd/pnpm-lock.yaml': '',
      'e/package-lock.json': LOCK,
      'e/yarn.lock': '',
    });
    expect(commands).toHaveLength(1);
    expect(skipped?.map(({ path }) => path)).toEqual([
      'c/yarn.lock',
      'd/pnpm-lock.yaml',
      'a/package-lock.json',
      'b/package-lock.json',
    ]);
  });

  it('says of a lock file that is too large that it is, and of one that was thinned how much', async () => {
    const name = 'package-lock.json';
    const files = { ...aFileTree({ [name]: null }), maxFileBytes: -1 };
    const { skipped } = await npmAuditScanner.plan(aCommandContext({ files }));
    expect(skipped?.[0]?.reason).toContain('budget exceeded');
    const lock = '{"lockfileVersion":3,"packages":{"node_modules/gist:a":{}}}';
    expect((await plan({ [name]: lock })).notes).toEqual([expect.stringContaining('1 entries')]);
  });

  it('does not audit without end', async () => {
    const many = Array.from({ length: 60 }, (_, index) => [`p${index}/package-lock.json`, LOCK]);
    const { commands, skipped } = await plan(Object.fromEntries(many) as Record<string, string>);
    expect([commands.length, skipped?.length]).toEqual([50, 10]);
    expect(skipped?.[0]?.reason).toContain('budget exceeded');
  });

  it("takes a name of an object's own prototype for no version", () => {
    const report = '{"vulnerabilities":{"x":{"via":[],"nodes":["constructor","__proto__"]}}}';
    expect(parseNpmAudit(report, '', {}).findings).toEqual([]);
  });
});
