import { readFileSync } from 'node:fs';
import { ApiClient } from '@securescan/api-client';
import type { ReportFiles } from './analyse';
import type { Inputs } from './inputs';

const TIMEOUT_MS = 60_000;
const RETRIES = 3;

/** Gives the scan of the head to the server that the workflow names, and the address of its page there. Rejects as ApiClient does. */
export async function pushScan(
  { head }: Pick<ReportFiles, 'head'>,
  { serverUrl, apiKey, project }: Inputs,
): Promise<string> {
  const client = new ApiClient({
    baseUrl: serverUrl,
    timeoutMs: TIMEOUT_MS,
    retries: RETRIES,
    ...(apiKey === '' ? {} : { apiKey }),
  });
  const bytes = new Uint8Array(readFileSync(head));
  const scan = await client.importScan(
    { mediaType: 'application/json', bytes },
    project === '' ? {} : { project },
    AbortSignal.timeout(TIMEOUT_MS * RETRIES),
  );
  return `${serverUrl}/scan/${encodeURIComponent(scan.id)}`;
}
