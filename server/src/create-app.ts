import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module';
import { installHttpEdge } from './common/http-edge';
import { PinoLoggerService } from './common/logging';
import { installOpenApi } from './common/openapi';
import { requestIdFor } from './common/request-context';
import type { ServerConfig } from './config/config-loader';
import type { Installation } from './installation.module';

type IncomingRequest = Parameters<NonNullable<FastifyServerOptions['genReqId']>>[0];

const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_PARAM_LENGTH = 256;

/**
 * Builds the whole server without listening. Rejects with the sentence to show where the configuration or the database does
 * not let it start.
 */
export async function createApp(
  config: ServerConfig,
  installation: Installation,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // An event stream that somebody still reads must not keep the server from stopping.
    forceCloseConnections: true,
    trustProxy: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    genReqId: (request: IncomingRequest) => requestIdFor(request.headers),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, installation),
    adapter,
    { logger: new PinoLoggerService(logger), abortOnError: false, forceCloseConnections: true },
  );
  installHttpEdge(app, { corsOrigins: config.http.corsOrigins });
  if (config.http.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...config.http.corsOrigins],
      exposedHeaders: ['X-Request-ID', 'X-Total-Count', 'X-Total-Exact', 'Link'],
    });
  }
  if (installation.dashboard !== null) serveDashboard(app, installation.dashboard.directory);
  installOpenApi(app, installation.version);
  return app;
}

/** Files whose names carry a hash never change; the page that names them is sent by hand. */
function serveDashboard(app: NestFastifyApplication, directory: string): void {
  app.useStaticAssets({
    root: directory,
    wildcard: false,
    index: false,
    allowedPath: (path) => path !== '/index.html',
    setHeaders: (response, path) => {
      const isHashed = /-[A-Z0-9]{8}\.[a-z0-9]+$/.test(path);
      response.setHeader(
        'Cache-Control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
