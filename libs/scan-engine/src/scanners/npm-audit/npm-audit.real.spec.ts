import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  aCommandContext,
  aFileTree,
  describeWithTool,
  findOnPath,
  type NpmRegistry,
  startNpmRegistry,
} from '@securescan/testing';
import { ScannerOutputError } from '../scanner-output.errors';
import type { ScannerReport } from '../../scanner';
import { npmAuditScanner } from './scanner';

const LOCK = JSON.stringify({
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'shop', dependencies: { lodash: '4.17.15', mkdirp: '0.5.1' } },
    'node_modules/lodash': { version: '4.17.15' },
    'node_modules/minimist': { version: '0.0.8' },
    'node_modules/mkdirp': { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
  },
});

describeWithTool(['npm'], 'npm itself', () => {
  jest.setTimeout(60_000);
  let registries: NpmRegistry[];
  let base: string;
  let workspace: string;

  beforeEach(() => {
    registries = [];
    base = mkdtempSync(join(tmpdir(), 'npm-audit-'));
    workspace = join(base, 'work');
    mkdirSync(workspace);
  });

  afterEach(() => {
    for (const registry of registries) registry.close();
    rmSync(base, { recursive: true, force: true });
  });

  async function startRegistry(answers?: 'errors'): Promise<NpmRegistry> {
    const registry = await startNpmRegistry(answers);
    registries.push(registry);
    return registry;
  }

  /** Runs npm as the engine does, in a directory that holds what the command brings. */
  async function audit(
    contents: Readonly<Record<string, string>>,
    npmRegistry: string,
  ): Promise<{ exitCode: number | null; stdout: string; parse: () => ScannerReport }> {
    const { commands } = await npmAuditScanner.plan(
      aCommandContext({
        options: { semgrepRules: [], tools: { npmRegistry } },
        files: aFileTree(contents),
      }),
    );
    const [command] = commands;
    if (command === undefined) throw new RangeError('nothing to run');
    for (const [path, text] of Object.entries(command.files ?? {})) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const npm = findOnPath('npm') ?? '';
    const env = { PATH: process.env['PATH'], HOME: workspace };
    const child = spawn(npm, command.args, { cwd: workspace, env });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const parse = () => npmAuditScanner.parse(stdout, command.subject ?? '', command.facts);
    return { exitCode, stdout, parse };
  }

  it('tells every advisory, with what is installed and what removes it', async () => {
    const registry = await startRegistry();
    const { exitCode, parse } = await audit({ 'web/package-lock.json': LOCK }, registry.url);
    expect(npmAuditScanner.successExitCodes).toContain(exitCode);
    expect(
      parse().findings.map(({ ruleId, filePath, remediation, metadata }) => [
        ruleId,
        filePath,
        metadata['purl'],
        remediation,
      ]),
    ).toEqual([
      [
        'npm-audit/GHSA-35jh-r3h4-6jhm',
        'web/package-lock.json',
        'pkg:npm/lodash@4.17.15',
        'Update lodash to 4.17.21.',
      ],
      [
        'npm-audit/GHSA-xvch-5gv4-984h',
        'web/package-lock.json',
        'pkg:npm/minimist@0.0.8',
        'Update mkdirp to 1.0.4, a major version that may need changes of your code.',
      ],
    ]);
    expect(parse().findings[0]?.metadata['fixed_version']).toBe('4.17.21');
    expect(registry.requests).toContain(
      'POST /-/npm/v1/security/advisories/bulk {"lodash":["4.17.15"],"minimist":["0.0.8"],"mkdirp":["0.5.1"]}',
    );
  });

  it('fails where the registry has no advisories, and never says that there are none', async () => {
    const registry = await startRegistry('errors');
    const { parse } = await audit({ 'package-lock.json': LOCK }, registry.url);
    expect(parse).toThrow(ScannerOutputError);
  });

  it('asks nobody whom the tree names', async () => {
    const registry = await startRegistry();
    const trap = await startRegistry();
    const contents = {
      'package-lock.json': LOCK.replace(
        '"version":"4.17.15"',
        `"version":"4.17.15","resolved":"${trap.url}/lodash.tgz"`,
      ),
      '.npmrc': `registry=${trap.url}\n`,
      'package.json': JSON.stringify({ publishConfig: { registry: trap.url } }),
    };
    const { parse } = await audit(contents, registry.url);
    expect(parse().findings).toHaveLength(2);
    expect(trap.requests).toEqual([]);
  });

  it.each(['', 'a@', 'git+'])(
    'follows no name of a package that is an address (%s)',
    async (prefix) => {
      const registry = await startRegistry();
      const trap = await startRegistry();
      const packages = {
        '': { dependencies: { evil: '1.0.0' } },
        'node_modules/evil': {
          name: `${prefix}${trap.url}/evil.git`,
          version: '1.0.0',
          dependencies: { lodash: '4.17.15' },
        },
        'node_modules/lodash': { version: '4.17.15' },
      };
      const lock = JSON.stringify({ lockfileVersion: 3, packages });
      const { parse } = await audit({ 'package-lock.json': lock }, registry.url);
      expect(parse().findings).toHaveLength(1);
      expect(trap.requests).toEqual([]);
    },
  );

  it('reads nothing beside its directory, and still audits workspaces and links', async () => {
    const registry = await startRegistry();
    // Two workspaces of one name end npm with an error, so that it shows whether it saw them.
    for (const name of ['one', 'two']) {
      mkdirSync(join(base, 'beside', name), { recursive: true });
      writeFileSync(join(base, 'beside', name, 'package.json'), '{"name":"twin"}');
    }
    const packages = {
      '': { workspaces: ['../beside/*', 'packages/*'] },
      'node_modules/api': { resolved: 'packages/api', link: true },
      'packages/api': { version: '1.0.0', dependencies: { lodash: '4.17.15' } },
      'node_modules/lodash': { version: '4.17.15' },
      'node_modules/shared': { resolved: '../shared', link: true },
      '../shared': { version: '1.0.0', dependencies: { minimist: '0.0.8' } },
      '../shared/node_modules/minimist': { version: '0.0.8' },
    };
    const lock = JSON.stringify({ lockfileVersion: 3, packages });
    const { parse } = await audit({ 'package-lock.json': lock }, registry.url);
    expect(parse().findings.map(({ metadata }) => metadata['purl'])).toEqual([
      'pkg:npm/lodash@4.17.15',
      'pkg:npm/minimist@0.0.8',
    ]);
  });
});
