import { type LicensePolicy, textOf } from '@securescan/core';
import {
  aFileTree,
  aMachine,
  anInspectContext,
  aSystem,
  anyText,
  reportOf,
} from '@securescan/testing';
import fc from 'fast-check';
import type { ScannerReport } from '../../scanner';
import { describeTreeContract } from '../tree.contract';
import { licensesScanner } from './scanner';

describeTreeContract(licensesScanner, {
  semgrepRules: [],
  licenses: { deny: ['SSPL-1.0', 'CC-BY-NC-*'], warn: ['MPL-2.0'], allow: [] },
});

interface Situation {
  readonly files: Readonly<Record<string, string | null>>;
  /** What the walk leaves out: environments, `node_modules`. */
  readonly installed?: Readonly<Record<string, string>>;
  /** Relative to the root. */
  readonly target?: string;
  readonly signal?: AbortSignal;
  readonly policy?: Partial<LicensePolicy>;
}

async function inspect({
  files,
  installed = {},
  target,
  signal,
  policy,
}: Situation): Promise<ScannerReport> {
  const all = Object.entries({ ...installed, ...files });
  const system = aSystem(Object.fromEntries(all.map(([path, text]) => [`/${path}`, { text }])));
  const context = anInspectContext({
    target: { root: '/p', path: target === undefined ? '/p' : `/p/${target}`, project: 'p' },
    files: aFileTree(files, installed),
    machine: aMachine({ openSystem: () => system }),
    ...(policy === undefined
      ? {}
      : { options: { semgrepRules: [], licenses: { deny: [], warn: [], allow: [], ...policy } } }),
    ...(signal === undefined ? {} : { signal }),
  });
  return reportOf(await licensesScanner.inspect(context));
}

async function found(situation: Situation): Promise<string[]> {
  const { findings } = await inspect(situation);
  return findings.map(({ severity, ruleId, filePath, metadata: { package: name, license } }) =>
    [severity, ruleId, ...[name, license].map(textOf), filePath].join(' '),
  );
}

function npmLock(packages: Readonly<Record<string, object>>): string {
  const entries = Object.entries(packages).map(([name, facts]) => [
    `node_modules/${name}`,
    { version: '1.0.0', ...facts },
  ]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(entries) });
}

function manifest(name: string, facts: object, version = '1.0.0'): string {
  return JSON.stringify({ name, version, ...facts });
}

function metadata(name: string, license: string): string {
  return `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0.0\nLicense: ${license}\n\nText\n`;
}

describe('licences of npm packages', () => {
  it('come from what is installed where the lock file has none', async () => {
    const files = {
      'package-lock.json': npmLock({ gpl: {}, stale: {}, bare: {}, absent: {}, linked: {} }),
    };
    const installed = {
      'node_modules/gpl/package.json': manifest('gpl', { license: 'GPL-3.0' }),
      'node_modules/stale/package.json': manifest('stale', { license: 'GPL-3.0' }, '0.9.0'),
      'node_modules/bare/package.json': manifest('bare', {}),
      'node_modules/linked/package.json': manifest('other', { license: 'GPL-3.0' }),
    };
    expect(await found({ files, installed })).toEqual([
      'low licenses/unknown bare  package-lock.json',
      'medium licenses/copyleft-npm gpl GPL-3.0-only package-lock.json',
    ]);
    const { notes, assessed, skipped } = await inspect({ files, installed });
    expect(assessed).toEqual(['package-lock.json']);
    expect(skipped).toEqual([]);
    expect(notes).toEqual([
      'package-lock.json: the licences of 3 packages could not be told, because the file does not say and nothing is installed',
    ]);
  });

  it('are not known, and not clean, where nothing is installed', async () => {
    const { findings, assessed, skipped, notes } = await inspect({
      files: {
        'web/yarn.lock': '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n',
        'old/package-lock.json': '{"lockfileVersion":1,"dependencies":{"a":{"version":"1.0.0"}}}',
      },
    });
    expect(findings).toEqual([]);
    expect(assessed).toEqual([]);
    expect(skipped).toEqual([
      {
        path: 'old/package-lock.json',
        reason: expect.stringContaining('none of them is installed'),
      },
      { path: 'web/yarn.lock', reason: expect.stringContaining('none of them is installed') },
    ]);
    expect(notes).toHaveLength(2);
  });

  it('are found in the store of pnpm and in packages of packages', async () => {
    const pnpm = "lockfileVersion: '9.0'\npackages:\n  '@s/a@1.0.0(b@2.0.0)':\n    dev: true\n";
    const yarn = '# yarn lockfile v1\n\nc@^1:\n  version "1.0.0"\nc@^2:\n  version "2.0.0"\n';
    const files = { 'x/pnpm-lock.yaml': pnpm, 'y/yarn.lock': yarn };
    const store = 'x/node_modules/.pnpm/@s+a@1.0.0_b@2.0.0/node_modules/@s/a/package.json';
    const installed = {
      [store]: manifest('@s/a', { license: 'AGPL-3.0' }),
      'y/node_modules/c/package.json': manifest('c', { license: 'MIT' }),
      'y/node_modules/@t/d/node_modules/c/package.json': manifest(
        'c',
        { license: 'OSL-3.0' },
        '2.0.0',
      ),
    };
    expect(await found({ files, installed })).toEqual([
      'low licenses/copyleft-npm @s/a AGPL-3.0-only x/pnpm-lock.yaml',
      'medium licenses/copyleft-npm c OSL-3.0 y/yarn.lock',
    ]);
  });

  it('are looked for beside a manifest without a lock file', async () => {
    const files = {
      'a/package.json': manifest('own', {
        dependencies: { x: '1', y: '1' },
        devDependencies: { z: '1' },
      }),
      'b/package.json': manifest('own', { dependencies: { x: '1' } }),
      'c/package-lock.json': npmLock({}),
      'c/member/package.json': manifest('member', { dependencies: { x: '1' } }),
      'd/package.json': manifest('nothing', {}),
      'e/package.json': '{',
    };
    const installed = {
      'a/node_modules/.package-lock.json': npmLock({
        x: { license: 'GPL-2.0' },
        deep: { license: 'GPL-2.0' },
      }),
      'b/node_modules/x/package.json': manifest('x', { license: 'GPL-2.0' }),
    };
    expect(await found({ files, installed })).toEqual([
      'medium licenses/copyleft-npm deep GPL-2.0-only a/package.json',
      'medium licenses/copyleft-npm x GPL-2.0-only a/package.json',
      'medium licenses/copyleft-npm x GPL-2.0-only b/package.json',
    ]);
    expect((await inspect({ files })).skipped.map(({ path }) => path)).toEqual([
      'e/package.json',
      'a/package.json',
      'b/package.json',
    ]);
  });

  it('of one package in several places are one finding, for use at run time if one of them is', async () => {
    const packages = {
      a: { license: 'GPL-3.0', dev: true },
      'b/node_modules/a': { license: 'GPL-3.0' },
      'c/node_modules/a': { license: 'GPL-3.0', dev: true },
      'd/node_modules/a': { license: 'GPL-3.0', version: '2.0.0', dev: true },
    };
    const { findings } = await inspect({ files: { 'package-lock.json': npmLock(packages) } });
    expect(findings).toMatchObject([
      { severity: 'medium', discriminator: 'a', metadata: { installed_version: '1.0.0' } },
      {
        severity: 'low',
        discriminator: 'a',
        metadata: { installed_version: '2.0.0', scope: 'dev' },
      },
    ]);
  });

  it('are not read from lock files of other people’s packages, nor twice', async () => {
    const lock = npmLock({ a: { license: 'GPL-3.0' } });
    const files = {
      'vendor/x/package-lock.json': lock,
      'node_modules/x/package-lock.json': lock,
      'package-lock.json': lock,
      'npm-shrinkwrap.json': npmLock({ b: { license: 'GPL-3.0' } }),
    };
    expect(await found({ files })).toEqual([
      'medium licenses/copyleft-npm b GPL-3.0-only npm-shrinkwrap.json',
    ]);
  });
});

describe('licences of Python packages', () => {
  const site = '.venv/lib/python3.12/site-packages';

  it('come from the environment beside the manifest', async () => {
    const files = {
      'poetry.lock':
        '[[package]]\nname = "Gpl_Tool"\ngroups = ["dev"]\n[[package]]\nname = "absent"\n',
      'pyproject.toml': '[project]\nname = "own"\n',
      'docs/requirements.txt': 'sphinx\nmit-thing\n',
    };
    const installed = {
      [`${site}/gpl_tool-1.0.0.dist-info/METADATA`]: metadata('Gpl.Tool', 'GPLv3'),
      [`${site}/mit_thing-1.0.0.dist-info/METADATA`]: metadata('mit_thing', 'MIT'),
      [`${site}/agpl-1.0.0.dist-info/METADATA`]: metadata('agpl', 'AGPL-3.0'),
      [`${site}/silent-1.0.0.dist-info/METADATA`]: metadata('silent', 'UNKNOWN'),
      [`${site}/egg.egg-info/PKG-INFO`]: metadata('egg', 'LGPL'),
      [`${site}/flat.egg-info`]: metadata('flat', 'GPL'),
      [`${site}/own-1.0.0.dist-info/METADATA`]: metadata('own', 'GPL'),
      [`${site}/own-1.0.0.dist-info/direct_url.json`]: '{"dir_info":{"editable":true}}',
      [`${site}/module.py`]: '',
    };
    expect(await found({ files, installed })).toEqual([
      'low licenses/copyleft Gpl.Tool GPL-3.0-only poetry.lock',
      'medium licenses/copyleft agpl AGPL-3.0-only poetry.lock',
      'medium licenses/copyleft egg LGPL-2.0-or-later poetry.lock',
      'medium licenses/copyleft flat GPL-1.0-or-later poetry.lock',
      'low licenses/unknown silent UNKNOWN poetry.lock',
    ]);
    const { assessed, skipped, notes } = await inspect({ files, installed });
    expect(assessed).toEqual(['docs/requirements.txt', 'poetry.lock']);
    expect(skipped).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^docs\/requirements\.txt: the licence of 1 package /),
      expect.stringMatching(/^poetry\.lock: the licence of 1 package /),
    ]);
  });

  it('come from an environment that stands alone, and from one of another name', async () => {
    const installed = { [`${site}/a-1.dist-info/METADATA`]: metadata('a', 'GPL') };
    expect(await found({ files: { 'a.py': '' }, installed })).toEqual([
      `medium licenses/copyleft a GPL-1.0-or-later ${site}`,
    ]);
    const itself = {
      'pyvenv.cfg': '',
      'lib/python3/site-packages/c-1.dist-info/METADATA': metadata('c', 'GPL'),
    };
    expect(await found({ files: itself })).toEqual([
      'medium licenses/copyleft c GPL-1.0-or-later lib/python3/site-packages',
    ]);
    const files = {
      'tools/py/pyvenv.cfg': '',
      'tools/py/Lib/site-packages/b-1.dist-info/METADATA': metadata('b', 'GPL'),
    };
    expect(await found({ files })).toEqual([
      'medium licenses/copyleft b GPL-1.0-or-later tools/py/Lib/site-packages',
    ]);
  });

  it('are looked for beside a target below the root', async () => {
    const files = { 'app/requirements.txt': 'a\n' };
    const installed = { [`app/${site}/a-1.dist-info/METADATA`]: metadata('a', 'GPL') };
    const expected = ['medium licenses/copyleft a GPL-1.0-or-later app/requirements.txt'];
    expect(await found({ files, installed, target: 'app' })).toEqual(expected);
    expect(await found({ files, installed, target: 'app/requirements.txt' })).toEqual(expected);
  });

  it('that are named side by side may be alternatives or not', async () => {
    const classified = [
      'Name: a',
      'Classifier: License :: OSI Approved :: MIT License',
      'Classifier: License :: OSI Approved :: GNU General Public License (GPL)',
    ].join('\n');
    const installed = { [`${site}/a-1.dist-info/METADATA`]: classified };
    const { findings } = await inspect({ files: { 'requirements.txt': 'a' }, installed });
    expect(findings).toMatchObject([
      {
        severity: 'low',
        description: expect.stringContaining('not whether one may choose'),
        metadata: { license: 'MIT AND GPL-1.0-or-later' },
      },
    ]);
  });
});

describe('a policy', () => {
  const files = {
    'package-lock.json': npmLock({
      agpl: { license: 'AGPL-3.0', dev: true },
      isc: { license: 'ISC' },
      mit: { license: 'MIT' },
      none: { license: 'UNLICENSED' },
    }),
  };

  it('weighs the same for tools of development', async () => {
    expect(await found({ files, policy: { deny: ['AGPL-*'], warn: ['ISC'] } })).toEqual([
      'high licenses/denied agpl AGPL-3.0-only package-lock.json',
      'low licenses/warned isc ISC package-lock.json',
      'low licenses/unknown none UNLICENSED package-lock.json',
    ]);
  });

  it('with a list of what is allowed leaves nothing else', async () => {
    expect(await found({ files, policy: { allow: ['MIT'] } })).toEqual([
      'medium licenses/not-allowed agpl AGPL-3.0-only package-lock.json',
      'medium licenses/not-allowed isc ISC package-lock.json',
      'medium licenses/unknown none UNLICENSED package-lock.json',
    ]);
  });

  it('is never taken from the tree itself', async () => {
    const config = { '.securescan.yml': 'licenses: {allow: [MIT, ISC, AGPL-3.0]}\n' };
    expect(await found({ files: { ...files, ...config } })).toEqual(await found({ files }));
  });
});

describe('what is not known', () => {
  it('is named: broken files, files of other kinds', async () => {
    const { skipped, assessed } = await inspect({
      files: {
        'Cargo.lock': '[[',
        'Gemfile.lock': '',
        'composer.lock': '{}',
        'go.mod': 'module x',
        'package-lock.json': '<<<<<<< HEAD',
        'poetry.lock': null,
        'src/main.go': '',
      },
    });
    expect(assessed).toEqual([]);
    expect(skipped.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'package-lock.json: cannot be understood as a list of packages',
      'poetry.lock: no text, or larger than 16 MB',
      'composer.lock: cannot be understood as a list of packages',
      'Cargo.lock: cannot be understood as a list of packages',
      'Gemfile.lock: licences are not assessed for this kind of file',
      'go.mod: licences of Go modules are not assessed: they carry texts, no names',
    ]);
  });

  it('is nothing in a tree without packages', async () => {
    expect(await inspect({ files: { 'a.js': '' } })).toEqual({
      findings: [],
      assessed: [],
      skipped: [],
      notes: [],
    });
  });
});

describe('a large or hostile tree', () => {
  it('is judged up to a number of packages, which the notes tell', async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => [
      `p${index}`,
      { license: 'GPL-3.0' },
    ]);
    const lock = npmLock(Object.fromEntries(many) as Record<string, object>);
    const { findings, notes } = await inspect({ files: { 'package-lock.json': lock } });
    expect(findings).toHaveLength(50_000);
    expect(notes).toEqual(['budget exceeded: only the first 50000 packages were judged']);
  });

  it('with 5000 packages takes no time to speak of', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => [
      `p${index}`,
      { license: index % 2 === 0 ? 'MIT' : 'GPL-3.0' },
    ]);
    const lock = npmLock(Object.fromEntries(many) as Record<string, object>);
    const start = performance.now();
    const { findings } = await inspect({ files: { 'package-lock.json': lock } });
    expect(findings).toHaveLength(2_500);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('in which each package says something else is not guessed at without end', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [
      `p${index}`,
      { license: `Terms ${index}, BSD` },
    ]);
    const lock = npmLock(Object.fromEntries(many) as Record<string, object>);
    const start = performance.now();
    const { findings } = await inspect({ files: { 'package-lock.json': lock } });
    expect(findings).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  }, 30_000);

  it('stops when the scan is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    const files = { 'package-lock.json': npmLock({ a: {} }) };
    await expect(inspect({ files, signal })).rejects.toThrow('cancelled');
  });

  it('keeps names and licences short, on one line', async () => {
    const name = `a\n${'x'.repeat(5_000)}`;
    const lock = npmLock({
      [name]: { license: `\u001b[31m${'y'.repeat(5_000)}`, version: '1\n2' },
    });
    const { findings } = await inspect({ files: { 'package-lock.json': lock } });
    const [finding] = findings;
    expect(JSON.stringify(finding).length).toBeLessThan(3_000);
    expect(`${finding?.title ?? ''}${finding?.description ?? ''}`).not.toMatch(/\p{Cc}/u);
  });

  it('says the same each time, in an order of its own', async () => {
    const license = fc.oneof(anyText(), fc.constantFrom('MIT', 'GPL-3.0', 'GPLv2', ''));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(anyText(), license), async (packages) => {
        const entries = Object.entries(packages).map(([name, text]) => [name, { license: text }]);
        const lock = (list: unknown[]): string =>
          npmLock(Object.fromEntries(list as [string, object][]));
        const one = await inspect({ files: { 'package-lock.json': lock(entries) } });
        const other = await inspect({ files: { 'package-lock.json': lock(entries.reverse()) } });
        expect(one).toEqual(other);
      }),
      { numRuns: 50 },
    );
  });
});
