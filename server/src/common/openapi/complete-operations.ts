import type { OpenAPIObject } from '@nestjs/swagger';
import { ROUTE_ACCESS_EXTENSION, type RouteAccess } from '../scope.decorator';

type Json = Record<string, unknown>;

interface Operation {
  [key: string]: unknown;
  parameters?: readonly unknown[];
  requestBody?: unknown;
  responses: Record<string, Json>;
}

const ERROR_CONTENT = {
  'application/json': { schema: { $ref: '#/components/schemas/ErrorDto' } },
};

/** What each status means, whichever route answers it. */
const MEANINGS: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Made.',
  204: 'Done; there is nothing to show.',
  400: 'What the request names cannot be used.',
  401: 'No credential, or one that is not valid (any more).',
  403: 'The credentials do not hold the scope, or what the request names is not allowed.',
  404: 'There is no such thing.',
  409: 'Not in the state that it is in.',
  413: 'The body is larger than this server accepts.',
  415: 'The body is of a type that this route does not read.',
  422: 'The request is not valid; errors says which fields and why.',
  429: 'Too many requests of this kind, or too many wrong credentials from this address.',
  431: 'The address or the headers are longer than this server reads.',
  503: 'Not just now; try again after the time in Retry-After.',
};

/** Headers that many answers have; each answer refers to its own. */
const HEADERS = {
  'X-Request-ID': {
    description: "The request's own, where it was short and plain; else a new one.",
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds after which to try again.',
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string' } },
  'X-RateLimit-Limit': {
    description: 'Tokens that the caller gains per minute; absent where there is no limit.',
    schema: { type: 'integer' },
  },
  'X-RateLimit-Remaining': { description: 'Tokens that are left.', schema: { type: 'integer' } },
  'X-RateLimit-Reset': {
    description: 'Unix time in seconds at which there is a token.',
    schema: { type: 'integer' },
  },
} as const;

const LIMIT_HEADERS = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'] as const;

/** Statuses that come with what a route asks of its caller and of its request, not with what it does. */
function commonStatuses(access: RouteAccess, operation: Operation): string[] {
  const isGuarded = access.scope !== 'public';
  const hasBody = operation.requestBody !== undefined;
  const hasInput = hasBody || (operation.parameters ?? []).length > 0;
  return [
    // Also public routes refuse strangers while nobody has to be recognised.
    '403',
    ...(isGuarded ? ['401', '429', '503'] : []),
    ...(hasBody ? ['413', '415'] : []),
    ...(hasInput ? ['422', '431'] : []),
  ];
}

function headersOf(status: string, access: RouteAccess): Json {
  const names: (keyof typeof HEADERS)[] = [
    'X-Request-ID',
    ...(status === '401' ? (['WWW-Authenticate'] as const) : []),
    ...(status === '429' || status === '503' ? (['Retry-After'] as const) : []),
    ...(access.cost > 0 && status !== '401' ? LIMIT_HEADERS : []),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function securityOf({ scope, takesEventToken }: RouteAccess): object[] {
  if (scope === 'public') return [];
  return [{ apiKey: [] }, { bearer: [] }, ...(takesEventToken ? [{ eventToken: [] }] : [])];
}

function describeAccess({ scope, cost }: RouteAccess): string {
  const needs = {
    public: 'Answers anybody.',
    authenticated: 'Answers whoever is recognised.',
    read: 'Needs the scope read.',
    write: 'Needs the scope write.',
    admin: 'Needs the scope admin.',
  }[scope];
  return cost === 0 ? needs : `${needs} Takes ${cost} of the caller's rate limit.`;
}

function completed(operation: Operation): Operation {
  const { [ROUTE_ACCESS_EXTENSION]: access, ...rest } = operation as Operation & {
    [ROUTE_ACCESS_EXTENSION]: RouteAccess;
  };
  const own = rest.responses;
  const statuses = [...new Set([...Object.keys(own), ...commonStatuses(access, operation)])];
  const responses = statuses.map((status): [string, Json] => {
    const response = own[status] ?? { content: ERROR_CONTENT };
    const description = MEANINGS[status] ?? '';
    const headers = { ...(response['headers'] as Json), ...headersOf(status, access) };
    return [status, { ...response, description, headers }];
  });
  const texts = [rest['description'], describeAccess(access)].filter(Boolean);
  return {
    ...rest,
    description: texts.join('\n\n'),
    security: securityOf(access),
    // Keys that are numbers are enumerated in ascending order.
    responses: Object.fromEntries(responses),
  };
}

/** Names of the schemas that bodies of requests have. */
function requestSchemas(operations: readonly Operation[]): Set<string> {
  const references = operations.flatMap(({ requestBody }) =>
    [...JSON.stringify(requestBody ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name = '']) => name,
    ),
  );
  return new Set(references);
}

/** Unknown fields of a body are refused, and its description says so. */
function closed(schemas: Json, names: ReadonlySet<string>): Json {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      names.has(name) ? { ...(schema as Json), additionalProperties: false } : schema,
    ]),
  );
}

/** Adds to every operation what follows from its scope, its cost and its input, so that no route repeats it. */
export function completeOperations(document: OpenAPIObject): OpenAPIObject {
  const operations: Operation[] = [];
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
          operations.push(operation);
          return [method, completed(operation)];
        }),
      ),
    ]),
  );
  const { contact: _none, ...info } = document.info;
  const schemas = (document.components?.schemas ?? {}) as Json;
  return {
    ...document,
    info,
    paths: paths,
    components: {
      ...document.components,
      headers: HEADERS,
      schemas: closed(schemas, requestSchemas(operations)) as NonNullable<
        NonNullable<OpenAPIObject['components']>['schemas']
      >,
    },
  };
}
