import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OperationalError } from '@securescan/core';
import {
  ScanCancelledError,
  type ProcessResult,
  type ProcessRunner,
  type WorkspaceFactory,
} from '@securescan/scan-engine';

/** A report as long as our own limits let it be takes about a minute on two busy cores. */
const LIMIT_MS = 300_000;
const MAX_OUTPUT_BYTES = 1_000_000;
const MAX_TOLD_CHARACTERS = 300;
/** ISO 32000-2, 7.5.2. */
const PDF_HEADER = '%PDF-';

/**
 * Nothing of a browser that a page does not need to be printed, and no network: every name is one that does not exist. The page
 * itself allows neither script nor request.
 */
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
] as const;

export interface PdfOrder {
  /** Absolute path of Chromium or one of its kin. */
  readonly browser: string;
  /** The page in pieces. It must hold all that it shows. */
  readonly page: Iterable<string> | AsyncIterable<string>;
  readonly signal: AbortSignal;
  /** Default: five minutes. */
  readonly timeoutMs?: number;
}

export interface PdfPorts {
  readonly processes: ProcessRunner;
  readonly workspaces: WorkspaceFactory;
  readonly environment: Readonly<Record<string, string>>;
  /** The browser refuses to have a sandbox of its own where root runs it. */
  readonly isRoot: boolean;
}

/**
 * Prints a page, in a private directory that is gone afterwards, with a profile that knows nothing. Rejects with OperationalError
 * TOOL_FAILED or TOOL_TIMEOUT, and with ScanCancelledError when the signal is aborted; by then nothing of the browser still runs.
 */
export function printPdf(order: PdfOrder, ports: PdfPorts): Promise<Uint8Array> {
  const timeoutMs = order.timeoutMs ?? LIMIT_MS;
  return ports.workspaces.withWorkspace(async (directory) => {
    const page = join(directory, 'report.html');
    const pdf = join(directory, 'report.pdf');
    await writeFile(page, order.page, { flag: 'wx', mode: 0o600 });
    if (order.signal.aborted) throw new ScanCancelledError();
    const result = await ports.processes.run({
      executable: order.browser,
      args: [
        ...FLAGS,
        ...(ports.isRoot ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(directory, 'profile')}`,
        `--print-to-pdf=${pdf}`,
        pathToFileURL(page).href,
      ],
      cwd: directory,
      // The directory itself, by a name short enough for the socket that the browser makes in it: 107 bytes is all that may have.
      env: { ...ports.environment, HOME: directory, TMPDIR: '.' },
      timeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal: order.signal,
    });
    return printed(result, pdf, timeoutMs);
  });
}

async function printed(result: ProcessResult, pdf: string, timeoutMs: number): Promise<Uint8Array> {
  if (result.end === 'cancelled') throw new ScanCancelledError();
  if (result.end === 'timed_out') {
    throw new OperationalError(
      'TOOL_TIMEOUT',
      `The browser printed no PDF within ${String(timeoutMs / 1_000)} s; --output html needs no browser.`,
    );
  }
  const bytes = result.end === 'exited' ? await readOrNull(pdf) : null;
  if (bytes?.toString('latin1', 0, PDF_HEADER.length) === PDF_HEADER) return bytes;
  throw new OperationalError('TOOL_FAILED', `The browser printed no PDF. ${hintFor(result)}`);
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch {
    // Expected: the browser failed before it wrote anything.
    return null;
  }
}

/** What to do about it, as far as the browser's own words tell. */
function hintFor({ stderrTail, exitCode }: ProcessResult): string {
  if (/No usable sandbox|namespace sandbox|zygote_host/u.test(stderrTail)) {
    return 'It cannot have its sandbox here: allow user namespaces, as a container does with a seccomp profile for Chromium.';
  }
  if (/\bsnap\b/u.test(stderrTail)) return SNAP_HINT;
  const lines = stderrTail.split('\n').filter((line) => line.trim() !== '' && !/dbus/iu.test(line));
  // What it dies of comes before what its children say of that.
  const told = lines.find((line) => line.includes(':FATAL:')) ?? lines.at(-1);
  const last = told?.trim().slice(0, MAX_TOLD_CHARACTERS);
  if (last !== undefined) return `Its last words: ${last}`;
  return exitCode === 0
    ? SNAP_HINT
    : `It ended with ${exitCode === null ? 'a signal' : `exit code ${String(exitCode)}`}.`;
}

const SNAP_HINT =
  'One that is installed as a snap sees no temporary files: name another one in SECURESCAN_CHROMIUM.';
