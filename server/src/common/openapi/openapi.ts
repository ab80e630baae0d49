import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeOperations } from './complete-operations';
import { toOpenApi31 } from './openapi-31';

const DESCRIPTION = `Runs security scanners and turns their output into findings.

Send a key as \`X-API-Key\`, or as a bearer token. Behind a proxy with single sign-on its session authenticates, and a request
that changes something needs the header \`X-SecureScan-Csrf: 1\` and the \`Origin\` of the server's own pages. Without any
credential the server answers requests from its own machine alone.

Every answer carries \`X-Request-ID\`, and every failure a body with a stable \`code\`.`;

const TAGS = {
  scans: 'Scans, their findings and what happens to them live.',
  triage: 'What people decide about findings, and what has become of it.',
  vex: 'What is said about known vulnerabilities, to others and by them.',
  reports: 'Scans in every format.',
  comparisons: 'What lies between two scans.',
  compliance: 'What is known of the controls of frameworks.',
  webhooks: 'Who else is told of what happens, and what came of telling them.',
  notifications: 'What has happened by itself, and who has read of it.',
  'current state': 'What is there now, over all scans.',
  sbom: 'Bills of materials.',
  keys: 'Keys of the database.',
  dashboard: 'What the dashboard shows beside scans: scanners, directories, numbers.',
  insight: 'What becomes of findings over time, and how long people take.',
  audit: 'Who did what.',
  system: 'The server itself, and who is calling it.',
} as const;

/** `ScansController.create` is the operation `scansCreate`. */
function operationId(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** The description of the whole API as OpenAPI 3.1, the same for the same program. */
export function describeApi(app: INestApplication, version: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('SecureScan')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'query', name: 'event_token' }, 'eventToken');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: operationId,
  });
  return toOpenApi31(completeOperations(document));
}

/** Serves the description of the API at `/openapi.json` and a page to read and try it at `/docs`, all from our own files. */
export function installOpenApi(app: INestApplication, version: string): void {
  SwaggerModule.setup('docs', app, () => describeApi(app, version), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'SecureScan API',
  });
}
