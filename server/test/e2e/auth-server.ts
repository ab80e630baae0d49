import { type ApiKeyCreatedBody, type Scope, SCOPES } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { startTestServer, type TestServer, type TestServerOptions } from './test-server';

/** All that a caller may send along, and what comes back. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'HEAD' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object | string;
  readonly remoteAddress?: string;
}

/** A server with a key in its environment. */
export interface GuardedServer extends TestServer {
  readonly environmentKey: string;
  call(url: string, call?: Call): ReturnType<TestServer['app']['inject']>;
  /** As the holder of the environment's key. */
  asOwner(url: string, call?: Call): ReturnType<TestServer['app']['inject']>;
  makeKey(scopes?: readonly Scope[], more?: object): Promise<ApiKeyCreatedBody>;
}

/** Made from a seed, so that a failure repeats and no key stands in the sources. */
export const ENVIRONMENT_KEY = `env-${randomToken(40, 6)}`;

export async function startGuardedServer(options: TestServerOptions = {}): Promise<GuardedServer> {
  const server = await startTestServer({
    ...options,
    environment: {
      SECURESCAN_API_KEY: ENVIRONMENT_KEY,
      SECURESCAN_AUTH_FAILURES_PER_MIN: '100000',
      ...options.environment,
    },
  });
  const call: GuardedServer['call'] = (url, { method = 'GET', ...rest } = {}) =>
    server.app.inject({ url, method, ...rest });
  const asOwner: GuardedServer['asOwner'] = (url, { headers, ...rest } = {}) =>
    call(url, { headers: { 'x-api-key': ENVIRONMENT_KEY, ...headers }, ...rest });
  return {
    ...server,
    environmentKey: ENVIRONMENT_KEY,
    call,
    asOwner,
    makeKey: async (scopes = SCOPES, more = {}) => {
      const payload = { name: `a key for ${scopes.join(' and ')}`, scopes, ...more };
      const answer = await asOwner('/api/v1/keys', { method: 'POST', payload });
      if (answer.statusCode !== 201) throw new Error(`No key was made: ${answer.body}`);
      return answer.json<ApiKeyCreatedBody>();
    },
  };
}
