import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { aFileTree, describeWithTool, findOnPath } from '@securescan/testing';
import { ScannerOutputError } from '../scanner-output.errors';
import type { ScannerReport } from '../../scanner';
import { npmAuditScanner } from './scanner';

/** Two public advisories, and the versions that a registry would know of the packages. */
const ADVISORIES = {
  minimist: [
    {
      id: 1097678,
      url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
      title: 'Prototype Pollution in minimist',
      severity: 'critical',
      vulnerable_versions: '<0.2.4 || >=1.0.0 <1.2.6',
      cwe: ['CWE-1321'],
      cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    },
  ],
  lodash: [
    {
      id: 1106913,
      url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
      title: 'Command Injection in lodash',
      severity: 'high',
      vulnerable_versions: '<4.17.21',
      cwe: ['CWE-77', 'CWE-94'],
      cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
    },
  ],
};
const VERSIONS: Readonly<Record<string, Record<string, object>>> = {
  minimist: { '0.0.8': {}, '1.2.0': {}, '1.2.8': {} },
  lodash: { '4.17.15': {}, '4.17.21': {} },
  mkdirp: { '0.5.1': { dependencies: { minimist: '0.0.8' } }, '1.0.4': {} },
};
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
  let servers: Server[];
  let workspace: string;

  beforeEach(() => {
    servers = [];
    workspace = mkdtempSync(join(tmpdir(), 'npm-audit-'));
  });

  afterEach(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(workspace, { recursive: true, force: true });
  });

  /** Speaks the endpoint for advisories and knows a few packages; notes every request. */
  async function startRegistry(answers: 'advisories' | 'errors' = 'advisories') {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const sent = Buffer.concat(chunks);
        const isPacked = request.headers['content-encoding'] === 'gzip';
        const body = isPacked ? gunzipSync(sent).toString() : '';
        requests.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`.trim());
        response.setHeader('content-type', 'application/json');
        if (answers === 'errors') {
          response.statusCode = 405;
          response.end('{"statusCode":405,"message":"no advisories here","error":"no"}');
          return;
        }
        response.end(JSON.stringify(answerTo(request.url ?? '')));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { requests, url: `http://127.0.0.1:${port}` };
  }

  /** Runs npm as the engine does, in a directory that holds what the command brings. */
  async function audit(
    contents: Readonly<Record<string, string>>,
    npmRegistry: string,
  ): Promise<{ exitCode: number | null; stdout: string; parse: () => ScannerReport }> {
    const { commands } = await npmAuditScanner.plan({
      target: { root: '/p', path: '/p', project: 'p' },
      options: { semgrepRules: [], tools: { npmRegistry } },
      files: aFileTree(contents),
      rulePack: '',
    });
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
});

function answerTo(url: string): object {
  if (url.endsWith('/advisories/bulk')) return ADVISORIES;
  const name = url.slice(1);
  const versions = VERSIONS[name] ?? {};
  const whole = Object.entries(versions).map(([version, rest]) => [
    version,
    { name, version, dist: { tarball: 'http://localhost/x.tgz' }, ...rest },
  ]);
  const latest = Object.keys(versions).at(-1);
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(whole) };
}
