import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SecureScanError } from '@securescan/core';
import { pino } from 'pino';
import { createLogger } from './common/logging';
import { loadConfig } from './config/config-loader';
import { createApp } from './create-app';
import { thisInstallation } from './platform/installation';
import { AddressInUseError } from './serve.errors';

/** A stop that takes longer than this ends the process all the same. */
const STOP_LIMIT_MS = 2900;
/** One Ctrl+C reaches us more than once: from the terminal, from npm and from the runtime guard. */
const SAME_REQUEST_MS = 1000;
const STANDARD_ERROR = 2;

/** Runs the server until it is told to stop. A start that fails is one sentence on standard error and exit code 1, or 2 for settings. */
export async function serve(): Promise<void> {
  try {
    const config = loadConfig();
    const logger = createLogger(config.log, pino.destination({ fd: STANDARD_ERROR, sync: true }));
    const app = await createApp(config, thisInstallation(), logger);
    stopOnSignal(app);
    await listen(app, config.http.port, config.http.host);
    const url = await app.getUrl();
    process.stdout.write(`SecureScan is ready: open ${url} in a browser. Ctrl+C stops it.\n`);
  } catch (error) {
    // Expected: a taken port, a database in use, a full disk, a setting that makes no sense.
    process.stderr.write(`${explain(error)}\n`);
    process.exit(isAboutSettings(error) ? 2 : 1);
  }
}

async function listen(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    // Expected: another program has the port. The database must be given back before we go.
    await app.close();
    const code = (error as { code?: unknown }).code;
    throw code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL'
      ? new AddressInUseError(host, port, code)
      : error;
  }
}

function stopOnSignal(app: NestFastifyApplication): void {
  let askedAt: number | null = null;
  const stop = (): void => {
    if (askedAt !== null) {
      // Whoever asks again does not want to wait.
      if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The server did not stop in an orderly way: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', stop);
}

function isAboutSettings(error: unknown): boolean {
  return error instanceof SecureScanError && error.code === 'CONFIG_INVALID';
}

/** One sentence for what whoever starts the server can mend; a defect of ours shows where it is. */
function explain(error: unknown): string {
  if (error instanceof SecureScanError && error.kind !== 'defect') return error.message;
  const trace = error instanceof Error ? error.stack : undefined;
  return `SecureScan cannot start: ${trace ?? String(error)}`;
}
