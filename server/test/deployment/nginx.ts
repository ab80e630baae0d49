import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from './image-description';

export const HOSTNAME = 'scan.test';
const SOURCE = join(REPOSITORY, 'server/deploy/nginx');
const LOOPBACK = '127.0.0.1';

export interface Nginx {
  readonly httpsPort: number;
  readonly httpPort: number;
  readonly healthPort: number;
  /** The certificate that it shows, and whoever trusts it. */
  readonly certificate: string;
  /** What it wrote about requests. */
  readonly log: () => string;
  stop(): Promise<void>;
}

/** What differs from installation to installation. */
export interface NginxOptions {
  readonly server: string;
  readonly signIn: string;
  readonly proxySecret: string;
}

/** Runs the nginx of this machine with the configuration that ships. Only ports and paths are the test's own. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const directory = mkdtempSync(join(tmpdir(), 'securescan-nginx-'));
  // Its workers give up the rights of whoever started it, and must still find what it made.
  execFileSync('chmod', ['755', directory]);
  const [httpsPort, httpPort, healthPort] = await freePorts();
  const certificate = makeCertificate(join(directory, 'tls'));
  const rendered = render('securescan.conf.template', {
    SECURESCAN_SERVER: options.server,
    SECURESCAN_SIGN_IN: options.signIn,
    SECURESCAN_SSO_PROXY_SECRET: options.proxySecret,
    SECURESCAN_HOSTNAME: HOSTNAME,
    SECURESCAN_HTTPS_LISTEN: `${LOOPBACK}:${httpsPort}`,
    SECURESCAN_HTTP_LISTEN: `${LOOPBACK}:${httpPort}`,
    SECURESCAN_HEALTH_LISTEN: `${LOOPBACK}:${healthPort}`,
    SECURESCAN_TLS_DIRECTORY: join(directory, 'tls'),
  });
  writeFileSync(join(directory, 'securescan.conf'), rendered);
  const [requests, errors] = [join(directory, 'requests.log'), join(directory, 'errors.log')];
  const frame = readFileSync(join(SOURCE, 'nginx.conf'), 'utf8')
    .replaceAll(' /tmp/', ` ${directory}/`)
    .replace('/dev/stdout', requests)
    .replace('/dev/stderr', errors);
  writeFileSync(join(directory, 'nginx.conf'), frame);
  writeFileSync(errors, '');
  const child = spawn(
    'nginx',
    ['-c', join(directory, 'nginx.conf'), '-p', directory, '-e', errors, '-g', 'daemon off;'],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
  await answers(healthPort, ended, () => readFileSync(errors, 'utf8'));
  return {
    ...{ httpsPort, httpPort, healthPort, certificate },
    log: () => readFileSync(requests, 'utf8'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** As the image of nginx does it: the names that are given are replaced, nginx's own variables are not. */
function render(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return text.replace(/\$\{([A-Z_]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function makeCertificate(directory: string): string {
  mkdirSync(directory);
  const certificate = join(directory, 'fullchain.pem');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', `/CN=${HOSTNAME}`, '-addext', `subjectAltName=DNS:${HOSTNAME}`],
      ...['-keyout', join(directory, 'privkey.pem'), '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return readFileSync(certificate, 'utf8');
}

/** nginx cannot be told to take any free port and say which, so somebody else looks for some first. */
async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports as [number, number, number];
}

async function answers(port: number, ended: Promise<void>, reason: () => string): Promise<void> {
  const state = { isRunning: true };
  void ended.then(() => (state.isRunning = false));
  while (state.isRunning) {
    try {
      await fetch(`http://${LOOPBACK}:${port}/`);
      return;
    } catch {
      // Expected until it listens.
    }
  }
  throw new Error(`nginx did not start: ${reason()}`);
}
