import { aCommandContext, aFileTree } from '@securescan/testing';
import fc from 'fast-check';
import type { ToolPlan } from '../../scanner';
import { describeParserContract } from '../parser.contract';
import { ScannerOutputError } from '../scanner-output.errors';
import { readLockedVersions } from './locked-versions';
import { parseNpmAudit } from './parse';
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
