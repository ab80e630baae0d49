import { makeSbom, type HostPorts } from '@securescan/scan-engine';
import { storedBill, type BillPart } from '../bill/stored-bill';
import type { ScanOrder } from './thread-messages';

/** Ten times what a large repository has. Beyond, a scan would wait for its bill. */
const MOST_COMPONENTS = 60_000;
/** Types of scans that read a tree; the others judge a machine or a place. */
const OF_TREES: ReadonlySet<string> = new Set(['code', 'dependency', 'iac']);

/** The bill of materials of a scanned tree, made while the scanners run. */
export class BillOfScan {
  private readonly made: Promise<readonly BillPart[]>;

  constructor(
    private readonly order: Pick<ScanOrder, 'target' | 'scanTypes' | 'billCreated'>,
    private readonly ports: HostPorts,
    private readonly use: { readonly project: string | null; readonly signal: AbortSignal },
  ) {
    // Expected: a tree that goes away, or a cancellation, of which the scan itself tells. A scan is not worth less without a bill.
    this.made = this.make().catch(() => []);
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
    return document.components.length > MOST_COMPONENTS ? [] : storedBill(document, signal);
  }
}
