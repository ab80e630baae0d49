import type { ApiClient } from '@securescan/api-client';
import type { ScanBody } from '@securescan/contracts';
import { OperationalError, type ScanDocument, SecureScanError } from '@securescan/core';
import type { CommandContext } from '../command-context';
import { interruptible } from '../interruption';
import type { ScanFlags } from '../options/scan-flags';
import type { ExitCode } from '../output/exit-codes';
import { createProgressView } from '../output/progress';
import { oneRow, writeNotice, type Terminal } from '../output/terminal';
import { writeScan } from '../output/write-report';
import { clientOf } from '../remote/client';
import { followScan } from '../remote/follow-scan';
import { readReport } from '../remote/read-report';
import { planRemoteScan, type RemoteScanPlan } from '../remote/scan-request';
import { judgeScan, withVisible } from './judge-scan';

/** `securescan scan --server`: the server scans, and its report is written and judged here as one of this machine. */
export async function runRemoteScan(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const plan = await planRemoteScan(argument, flags, context);
  const document = withVisible(await scanThere(plan, context.terminal), plan.settings);
  await writeScan(document, plan.settings, context);
  return judgeScan(document, plan.settings, context.terminal);
}

async function scanThere(
  { access, request, settings: { isQuiet } }: RemoteScanPlan,
  terminal: Terminal,
): Promise<ScanDocument> {
  const client = clientOf(access);
  const progress = createProgressView(terminal, isQuiet);
  const onProgress = progress.show.bind(progress);
  const onInterrupt = (): void => {
    // The rows stand still from now on, or they would be drawn over the notice.
    progress.close();
    writeNotice(terminal, 'interrupted, cancelling the scan on the server');
  };
  try {
    return await interruptible(async (signal) => {
      // Not given up when interrupted: nobody would know the id of what has to be cancelled.
      const { id } = await client.createScan(request);
      if (!isQuiet) writeNotice(terminal, oneRow(`scan ${id} on ${access.baseUrl}`, 400));
      try {
        requireCompleted(await followScan(id, { client, signal, onProgress }));
        return await readReport(client, id, signal);
      } finally {
        if (signal.aborted) await cancel(client, id, terminal);
      }
    }, onInterrupt);
  } finally {
    progress.close();
  }
}

function requireCompleted({ id, status, error }: ScanBody): void {
  if (status === 'completed') return;
  const what =
    status === 'cancelled'
      ? 'was cancelled on the server'
      : `failed: ${error ?? 'no reason given'}`;
  throw new OperationalError('SERVICE_UNAVAILABLE', `The scan ${id} ${what}`);
}

/** The interruption is what is told; a scan that could not be cancelled is told beside it. */
async function cancel(client: ApiClient, id: string, terminal: Terminal): Promise<void> {
  try {
    await client.cancelScan(id);
  } catch (error) {
    // Expected: it came to its end meanwhile, or the server is away.
    if (!(error instanceof SecureScanError)) throw error;
    if (error.code === 'SCAN_ALREADY_TERMINAL') return;
    writeNotice(terminal, oneRow(`the scan ${id} may still run: ${error.message}`, 400));
  }
}
