import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SCAN_STATUSES, type ScanBody, type ScanStatus } from '@securescan/contracts';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/config-loader';
import { createApp } from '../../src/create-app';
import type { Installation } from '../../src/installation.module';
import { putMigratedDatabase } from '../support/migrated-database';
import { aMoment } from '../support/until';

export interface TestServer {
  readonly app: NestFastifyApplication;
  /** An empty directory, the only one that may be scanned. */
  readonly root: string;
  readonly directory: string;
  readonly logged: () => string;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly installation?: Partial<Installation>;
  /** Where tools are looked for; by default where none of the scanners from PyPI are, which would take their time. */
  readonly path?: string;
  /** Called before the server takes requests. */
  readonly prepare?: (app: NestFastifyApplication) => void;
}

/** The whole server on a temporary database, with the real engine. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-server-')));
  process.env['PATH'] = options.path ?? '/usr/bin:/bin';
  const root = join(directory, 'root');
  await mkdir(root);
  const file = join(directory, 'scans.db');
  await putMigratedDatabase(file);
  const config = loadConfig({
    SECURESCAN_DB_PATH: file,
    SECURESCAN_SCAN_ROOTS: root,
    SECURESCAN_PORT: '0',
    SECURESCAN_RATE_LIMIT_ENABLED: '0',
    ...options.environment,
  });
  const installation: Installation = {
    version: '0.0.0-test',
    dashboard: null,
    exampleDirectory: null,
    defaultScanRoots: [],
    defaultNetworkTargets: ['127.0.0.1', 'localhost'],
    installedTools: join(directory, 'tools'),
    ...options.installation,
  };
  let log = '';
  const logger = pino({ level: 'info' }, { write: (line) => void (log += line) });
  const app = await createApp(config, installation, logger);
  options.prepare?.(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    root,
    directory,
    logged: () => log,
    close: async () => {
      await app.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** Writes files into a directory, making the directories between. */
export async function writeTree(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** Dockerfiles with several defects each: the scanner that reads them is built in and quick. */
export function dockerfiles(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `service-${String(index).padStart(3, '0')}/Dockerfile`,
      'FROM ubuntu:latest\nUSER root\nADD http://example.com/tool.sh /tool.sh\n',
    ]),
  );
}

/** By default with the one scanner that is built in and quick, whatever else is installed. */
export async function createScan(
  { app }: Pick<TestServer, 'app'>,
  target: string,
  scanTypes: readonly string[] | null = null,
): Promise<ScanBody> {
  const chosen = scanTypes === null ? { scanners: ['dockerfile'] } : { scan_types: scanTypes };
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/scans',
    payload: { target_path: target, ...chosen },
  });
  if (answer.statusCode !== 200) throw new Error(`The scan was refused: ${answer.body}`);
  return answer.json<ScanBody>();
}

const ENDED: readonly ScanStatus[] = SCAN_STATUSES.filter(
  (status) => status !== 'pending' && status !== 'running',
);

/** Asks until the scan has ended. */
export async function endOfScan({ app }: Pick<TestServer, 'app'>, id: string): Promise<ScanBody> {
  for (;;) {
    const answer = await app.inject(`/api/v1/scans/${id}`);
    const scan = answer.json<ScanBody>();
    if (ENDED.includes(scan.status)) return scan;
    await aMoment();
  }
}
