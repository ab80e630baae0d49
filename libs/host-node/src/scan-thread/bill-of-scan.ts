import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { OperationalError, type SbomDocument } from '@securescan/core';
import { makeSbom, type HostPorts } from '@securescan/scan-engine';
import { storedBill, type BillPart } from '../bill/stored-bill';
import { threadProgram } from '../thread-program';
import type { ScanOrder } from './thread-messages';

const THREAD = 'libs/host-node/src/scan-thread/bill-thread-main.js';

/** Ten times what a large repository has. Beyond, a scan would wait for its bill. */
const MOST_COMPONENTS = 60_000;
/** What takes longer to write than a thread takes to start, about a third of a second. */
const OWN_THREAD_COMPONENTS = 2_000;
/** Types of scans that read a tree; the others judge a machine or a place. */
const OF_TREES: ReadonlySet<string> = new Set(['code', 'dependency', 'iac']);

export interface BillUse {
  readonly project: string | null;
  readonly signal: AbortSignal;
  /** Told why a scan of a tree has no bill. */
  readonly onMissing: (reason: string) => void;
}

/** The bill of materials of a scanned tree, made while the scanners run. */
export class BillOfScan {
  private readonly made: Promise<readonly BillPart[]>;

  constructor(
    private readonly order: Pick<ScanOrder, 'target' | 'scanTypes' | 'billCreated'>,
    private readonly ports: HostPorts,
    private readonly use: BillUse,
  ) {
    this.made = this.make().catch((error: unknown) => {
      // Expected: a tree that goes away, a full memory. A scan is not worth less without a bill.
      if (!use.signal.aborted) use.onMissing(String(error));
      return [];
    });
  }

  /** Empty where there is no tree, where it lists too much, and where it could not be made. */
  parts(): Promise<readonly BillPart[]> {
    return this.made;
  }

  private async make(): Promise<readonly BillPart[]> {
    const { target, scanTypes, billCreated } = this.order;
    if (target === null || !scanTypes.some((type) => OF_TREES.has(type))) return [];
    const { project, signal } = this.use;
    const { document } = await makeSbom(
      { target, lister: null, projectName: project, created: billCreated, signal },
      this.ports,
    );
    const { length } = document.components;
    if (length > MOST_COMPONENTS) {
      this.use.onMissing(`it would list ${length} components, more than ${MOST_COMPONENTS}`);
      return [];
    }
    return length > OWN_THREAD_COMPONENTS
      ? storedInThread(document, signal)
      : storedBill(document, signal);
  }
}

/** As `storedBill`, without holding up the scanners that share our thread. */
async function storedInThread(document: SbomDocument, signal: AbortSignal): Promise<BillPart[]> {
  const worker = new Worker(threadProgram(__dirname, THREAD), {
    workerData: document,
    execArgv: [],
  });
  const exited = once(worker, 'exit', { signal }).then(() => {
    throw new OperationalError('TOOL_FAILED', 'The thread of the bill ended early');
  });
  try {
    const [parts] = (await Promise.race([once(worker, 'message', { signal }), exited])) as [
      BillPart[],
    ];
    return parts;
  } finally {
    await worker.terminate();
  }
}
