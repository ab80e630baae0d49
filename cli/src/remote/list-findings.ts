import type { ApiClient } from '@securescan/api-client';
import type { FindingOverviewBody, FindingWithStateBody } from '@securescan/contracts';
import { nothingKnown, type ListFilters } from '../options/triage-settings';

const MAX_PAGE = 200;

/** Findings of one scan, and whether there are more than were asked for. */
export interface ListedFindings {
  readonly findings: readonly FindingWithStateBody[];
  readonly isCut: boolean;
}

export type Asking = readonly [client: ApiClient, signal: AbortSignal];

/** Findings of a scan that the filters let through, as many as they allow. */
export async function listFindings(
  scanId: string,
  { limit, status, severity }: ListFilters,
  [client, signal]: Asking,
): Promise<ListedFindings> {
  const findings: FindingWithStateBody[] = [];
  // One more than is wanted tells whether there are more.
  const query = { status, severity, limit: Math.min(limit + 1, MAX_PAGE) };
  for await (const finding of client.listFindings(scanId, query, signal)) {
    if (findings.length === limit) return { findings, isCut: true };
    findings.push(finding);
  }
  return { findings, isCut: false };
}

/** The id of the newest completed scan of a project. Rejects with UserError where there is none. */
export async function newestScanOf(project: string, [client, signal]: Asking): Promise<string> {
  for await (const { id } of client.listScans({ project, status: 'completed', limit: 1 }, signal)) {
    return id;
  }
  throw nothingKnown(
    `The server knows no completed scan of ${project}; name another project with --project, or a scan with --scan.`,
  );
}

/** Each finding across scans. Rejects with what the server says of one that it does not know. */
export async function findingsByFingerprint(
  fingerprints: readonly string[],
  project: string | null,
  [client, signal]: Asking,
): Promise<FindingOverviewBody[]> {
  const found: FindingOverviewBody[] = [];
  const query = project === null ? {} : { project };
  for (const fingerprint of fingerprints) {
    found.push(await client.findingOverview(fingerprint, query, signal));
  }
  return found;
}
