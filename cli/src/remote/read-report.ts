import { type ApiClient, ServerProtocolError } from '@securescan/api-client';
import { readScanReport, type ScanDocument, UserError } from '@securescan/core';

/** The report of a completed scan, checked as one that comes from a file. Rejects with OperationalError where it is none. */
export async function readReport(
  client: Pick<ApiClient, 'scanReport'>,
  id: string,
  signal: AbortSignal,
): Promise<ScanDocument> {
  const text = await client.scanReport(id, signal);
  try {
    return readScanReport(text, "The server's answer");
  } catch (error) {
    // Expected: another program, or another version of this one.
    if (error instanceof UserError) throw new ServerProtocolError(error.message);
    throw error;
  }
}
