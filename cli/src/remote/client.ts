import { ApiClient } from '@securescan/api-client';
import type { ServerAccess } from '../options/server-access';

const TIMEOUT_MS = 30_000;
const RETRIES = 3;

/** Speaks to the server with the key of the environment. */
export function clientOf({ baseUrl, apiKey }: ServerAccess): ApiClient {
  return new ApiClient({
    baseUrl,
    timeoutMs: TIMEOUT_MS,
    retries: RETRIES,
    ...(apiKey === null ? {} : { apiKey }),
  });
}
