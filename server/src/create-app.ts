import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module';
import { installBodies } from './common/bodies';
import { API_ROOT, installHttpEdge } from './common/http-edge';
import { PinoLoggerService } from './common/logging';
import { installOpenApi } from './common/openapi/openapi';
import { answerBrokenRequest, answerUnreadableAddress } from './common/refused-by-framework';
import { originFormOf, requestIdFor } from './common/request-context';
import type { ServerConfig } from './config/config-loader';
import type { Installation } from './installation.module';
import { RequestGate } from './modules/auth/request-gate';

type IncomingRequest = Parameters<NonNullable<FastifyServerOptions['genReqId']>>[0];

const MAX_BODY_BYTES = 1024 * 1024;
/** What takes more than that, in bytes. */
const DOCUMENT_ROUTES: ReadonlyMap<string, number> = new Map([
  [`${API_ROOT}/scans/import`, 32 * 1024 * 1024],
  [`${API_ROOT}/vex/proposals`, 4 * 1024 * 1024],
]);
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_PARAM_LENGTH = 256;

/** What scripts of admitted origins may read beside the body. */
const EXPOSED_HEADERS = [
  'Link',
  'Retry-After',
  'X-Left-Out',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-ID',
  'X-Total-Count',
  'X-Total-Exact',
];

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
    http: { requireHostHeader: false },
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: answerUnreadableAddress,
    clientErrorHandler: answerBrokenRequest,
    genReqId: (request: IncomingRequest) => requestIdFor(request.headers),
    rewriteUrl: (request: IncomingRequest) => originFormOf(request.url ?? '/'),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, installation),
    adapter,
    {
      logger: new PinoLoggerService(logger),
      abortOnError: false,
      forceCloseConnections: true,
      bodyParser: false,
    },
  );
  installBodies(app, adapter, DOCUMENT_ROUTES);
  installHttpEdge(app, adapter, app.get(RequestGate));
  ignoreExpectations(app);
  if (config.http.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...config.http.corsOrigins],
      exposedHeaders: EXPOSED_HEADERS,
    });
  }
  if (installation.dashboard !== null) serveDashboard(app, installation.dashboard.directory);
  installOpenApi(app, installation.version);
  return app;
}

/** An expectation that we do not know is none that we must refuse (RFC 9110, section 10.1.1); Node would, in a shape of its own. */
function ignoreExpectations(app: NestFastifyApplication): void {
  const server = app.getHttpServer();
  server.on('checkExpectation', (...exchange: readonly unknown[]) => {
    server.emit('request', ...exchange);
  });
}

/** The files beside the dashboard's page; the page itself is sent by hand. */
function serveDashboard(app: NestFastifyApplication, directory: string): void {
  app.useStaticAssets({
    root: directory,
    wildcard: false,
    index: false,
    cacheControl: false,
    allowedPath: (path) => path !== '/index.html',
  });
}
