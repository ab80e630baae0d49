import {
  compareCodePoints,
  toSbomDocument,
  type FoundLockfile,
  type SbomDocument,
} from '@securescan/core';
import { oneLine } from '../one-line';
import type { HostPorts } from '../ports';
import type { ScanTarget } from '../scanner';
import { collectLockfiles, type UnreadFile } from './collect-lockfiles';
import { listWithSyft } from './syft';

export interface SbomRequest {
  readonly target: ScanTarget;
  /** Lists the components in place of our own readers of lock files; `null` for those. Never chosen by what is installed. */
  readonly lister: 'syft' | null;
  /** Takes the place of what the lock files call the project. */
  readonly projectName: string | null;
  /** What the document says of its time (ADR 0030). */
  readonly created: Date | null;
  readonly signal: AbortSignal;
}

export interface SbomResult {
  readonly document: SbomDocument;
  /** What was not read, in the order of its paths. With any of it the list of components has a known gap. */
  readonly unread: readonly UnreadFile[];
}

interface Listing {
  readonly files: readonly FoundLockfile[];
  readonly unread: readonly UnreadFile[];
  readonly missing: readonly string[];
  readonly aside: readonly string[];
  readonly lister: SbomDocument['lister'];
}

/**
 * Lists what the lock files of a target name. Opens no connection. Rejects with the signal's reason when it is aborted, with UserError
 * TARGET_NOT_FOUND where the target is gone, and with OperationalError where the lister that was asked for is missing or fails.
 */
export async function makeSbom(request: SbomRequest, ports: HostPorts): Promise<SbomResult> {
  const { target, projectName, created } = request;
  const { files, unread, missing, aside, lister } = await list(request, ports);
  const sorted = [...unread].sort((a, b) => compareCodePoints(a.path, b.path));
  const document = toSbomDocument(files, {
    toolVersion: ports.productVersion,
    lister,
    chosenName: projectName,
    project: target.project,
    created,
    isComplete: unread.length === 0 && missing.length === 0,
    notes: [
      ...missing,
      ...aside,
      ...sorted.map(({ path, reason }) => `${path}: not read, ${reason}`),
    ].map(oneLine),
  });
  return { document, unread: sorted };
}

async function list({ target, lister, signal }: SbomRequest, ports: HostPorts): Promise<Listing> {
  if (lister === 'syft')
    return { unread: [], missing: [], aside: [], ...(await listWithSyft(target, ports, signal)) };
  const tree = await ports.openTree(target);
  const found = await collectLockfiles(tree, signal);
  const isNothing = found.files.length === 0 && found.unread.length === 0;
  const missing = isNothing ? ['no lock file was found', ...found.missing] : found.missing;
  return { lister: null, ...found, missing };
}
