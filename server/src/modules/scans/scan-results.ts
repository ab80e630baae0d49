import { Injectable } from '@nestjs/common';
import type { Finding } from '@securescan/core';
import type { BillPart } from '@securescan/host-node';
import { FindingsService } from '../findings/findings.service';
import { BillStore } from '../sbom/bill-store.service';
import type { ScanEntity } from './scan.entity';

/** What a running scan writes beside its own row. None of it counts until the scan's status says `completed`. */
@Injectable()
export class ScanResults {
  constructor(
    private readonly findings: FindingsService,
    private readonly bills: BillStore,
  ) {}

  /** Writes the next of a scan's findings, as one unit. */
  appendFindings(
    scan: ScanEntity,
    findings: readonly Finding[],
    place: { readonly after: number; readonly signal: AbortSignal },
  ): Promise<void> {
    return this.findings.append(scan.id, findings, place);
  }

  /** Writes the next parts of a scan's bill of materials, as one unit. */
  appendBill(scan: ScanEntity, parts: readonly BillPart[], signal: AbortSignal): Promise<void> {
    return this.bills.append(scan, parts, signal);
  }

  /** Removes what a scan that ended without a result has written. */
  async remove(scanId: string): Promise<void> {
    await this.bills.discard(scanId);
    await this.findings.removeAll(scanId);
  }
}
