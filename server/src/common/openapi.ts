import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

function toJsonSchema(value: Record<string, unknown>): Record<string, unknown> {
  const { nullable, ...schema } = value;
  if (nullable !== true) return schema;
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const converted = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, convert(child)]),
  );
  return toJsonSchema(converted);
}

/** Says `null` the way of OpenAPI 3.1, as a type among others; the generator still says it the way of 3.0. */
export function toOpenApi31(document: OpenAPIObject): OpenAPIObject {
  return { ...(convert(document) as OpenAPIObject), openapi: '3.1.0' };
}

/** Serves the description of the API at `/openapi.json` and a page to read and try it at `/docs`, all from our own files. */
export function installOpenApi(app: INestApplication, version: string): void {
  const description = new DocumentBuilder()
    .setTitle('SecureScan')
    .setDescription('Runs security scanners and turns their output into findings.')
    .setVersion(version)
    .build();
  SwaggerModule.setup(
    'docs',
    app,
    () => toOpenApi31(SwaggerModule.createDocument(app, description)),
    { jsonDocumentUrl: 'openapi.json', raw: ['json'], customSiteTitle: 'SecureScan API' },
  );
}
