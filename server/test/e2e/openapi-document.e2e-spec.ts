import { join } from 'node:path';
import { productVersion } from '@securescan/host-node';
import { expectGolden } from '@securescan/testing';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../src/common/openapi/openapi';
import { type DeclaredRoute, routesOf } from '../support/routes-of';
import { startTestServer, type TestServer } from './test-server';

/** The committed description, which others generate their clients from. `npm run openapi` writes it anew. */
const DOCUMENT = join(__dirname, '../../../docs/openapi.json');

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly schema?: object }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: object }> };
  readonly responses: Readonly<Record<string, { readonly content?: object; headers?: object }>>;
}

let server: TestServer;
let document: OpenAPIObject;
let operations: ReadonlyMap<string, Operation>;

const nameOf = ({ method, path }: DeclaredRoute): string =>
  `${method} ${path.replace(/:([a-z_]+)/gi, '{$1}')}`;

beforeAll(async () => {
  server = await startTestServer();
  document = describeApi(server.app, productVersion());
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    ),
  );
});

afterAll(() => server.close());

it('is the one that is committed', () => {
  expectGolden(DOCUMENT, `${JSON.stringify(document, null, 2)}\n`);
});

it('is what the server hands out', async () => {
  const served = (await server.app.inject('/openapi.json')).json<OpenAPIObject>();
  expect(served.paths).toEqual(JSON.parse(JSON.stringify(document.paths)));
  expect(served.openapi).toBe('3.1.0');
});

it('has every route of the running server and no other', () => {
  const routes = routesOf(server.app).map(nameOf);
  expect(new Set(operations.keys())).toEqual(new Set(routes));
});

/** What is wrong with the description of an operation, in words. */
function faultsOf(operation: Operation, isPublic: boolean): string[] {
  const { summary = '', tags = [], security = [], responses } = operation;
  const statuses = Object.keys(responses);
  const expected = isPublic ? ['403'] : ['401', '403', '429', '503'];
  const withoutId = Object.values(responses).filter(
    ({ headers = {} }) => !('X-Request-ID' in headers),
  );
  const faults = {
    'no summary': summary.length < 6,
    'not one tag': tags.length !== 1,
    'no success': !statuses.some((status) => status.startsWith('2')),
    'wrong security': security.length > 0 === isPublic,
    'a status is missing': !expected.every((status) => statuses.includes(status)),
    'an answer without a request id': withoutId.length > 0,
  };
  return Object.entries(faults)
    .filter(([, isFault]) => isFault)
    .map(([fault]) => fault);
}

it('says of every route what it does, who may, and how it fails', () => {
  const ids = new Set<string>();
  for (const route of routesOf(server.app)) {
    const operation = operations.get(nameOf(route)) ?? { responses: {} };
    ids.add(operation.operationId ?? '');
    const isPublic = route.access?.scope === 'public';
    expect([nameOf(route), faultsOf(operation, isPublic)]).toEqual([nameOf(route), []]);
  }
  expect(ids.size).toBe(operations.size);
});

it('describes every parameter, every body and every answer', () => {
  const known = Object.keys(document.components?.schemas ?? {});
  const tags = (document.tags ?? []).map(({ name }) => name);
  for (const [name, operation] of operations) {
    const bounds = (operation.parameters ?? []).map(({ name: parameter, schema = {} }) => [
      parameter,
      ['enum', 'maxLength', 'maximum', 'pattern', 'format', 'items', 'minimum'].some(
        (key) => key in schema,
      ) || JSON.stringify(schema).includes('"boolean"'),
    ]);
    expect([name, bounds.filter(([, isBounded]) => isBounded !== true)]).toEqual([name, []]);
    const references = [...JSON.stringify(operation).matchAll(/schemas\/(\w+)"/g)];
    for (const [, schema = ''] of references) expect(known).toContain(schema);
    expect([name, tags.includes(operation.tags?.[0] ?? '')]).toEqual([name, true]);
  }
});
