import type { ScanFormat } from '@securescan/contracts';
import { Injectable } from '@nestjs/common';
import {
  isActive,
  SCAN_RENDERERS,
  type Finding,
  type RenderOptions,
  type ScanDocument,
} from '@securescan/core';
import { productVersion } from '@securescan/host-node';
import { PagePrinter } from '../../ports/page-printer.port';
import { inPieces } from '../../common/in-pieces';
import { startedPieces } from '../../common/started-pieces';
import { FindingsService } from '../findings/findings.service';
import type { ScanRecord } from '../scans/scan.mapper';
import { ScansService } from '../scans/scans.service';
import { HeldFindings } from './held-findings';
import { toDocument } from './scan-document.mapper';

/** A report on its way. */
export interface OpenReport {
  readonly fileName: string;
  readonly mediaType: string;
  readonly pieces: AsyncIterable<string>;
}

/** A report that a browser has printed. */
export interface PrintedReport {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Renders stored scans as the command line does: the same document, the same renderers, the same bytes. */
@Injectable()
export class ReportsService {
  private readonly toolVersion = productVersion();

  constructor(
    private readonly printer: PagePrinter,
    private readonly scans: ScansService,
    private readonly findings: FindingsService,
    private readonly held: HeldFindings,
  ) {}

  /** @throws ScanNotFoundError @throws ScanNotCompletedError @throws ReportTooLargeError @throws ReportsBusyError */
  async open(
    scanId: string,
    { format, suppressed }: { readonly format: ScanFormat; readonly suppressed: boolean },
  ): Promise<OpenReport> {
    const record = await this.scans.completed(scanId);
    const { mediaType, fileExtension, render } = SCAN_RENDERERS[format];
    return {
      fileName: `securescan-${scanId.slice(0, 8)}${fileExtension}`,
      mediaType,
      pieces: await startedPieces(this.pieces(record, suppressed, render)),
    };
  }

  /**
   * The page that `open` gives, printed. Ends its browser when the signal is aborted.
   * @throws what `open` and PagePrinter throw
   */
  async print(
    scanId: string,
    { suppressed, signal }: { readonly suppressed: boolean; readonly signal: AbortSignal },
  ): Promise<PrintedReport> {
    const { fileName, pieces } = await this.open(scanId, { format: 'html', suppressed });
    try {
      const bytes = await this.printer.print({ page: pieces, signal });
      await this.scans.completed(scanId);
      return { fileName: fileName.replace(/html$/u, 'pdf'), bytes };
    } finally {
      // A printer that is busy has taken none of them, and they hold what they are made of.
      await pieces[Symbol.asyncIterator]().return?.();
    }
  }

  /** An error where the scan is deleted meanwhile: half a report must not look like a whole one. */
  private async *pieces(
    record: ScanRecord,
    suppressed: boolean,
    render: (document: ScanDocument, options: RenderOptions) => Iterable<string>,
  ): AsyncGenerator<string, void> {
    const count = record.scan.findingsCount + record.scan.suppressedCount;
    const release = this.held.claim(count);
    try {
      const findings = await this.findingsOf(record.scan.id, count, suppressed);
      const document = toDocument(record, findings, this.toolVersion);
      yield* inPieces(render(document, {}));
    } finally {
      release();
    }
  }

  private async findingsOf(scanId: string, count: number, suppressed: boolean): Promise<Finding[]> {
    const findings: Finding[] = [];
    for await (const some of this.findings.all(scanId, count)) {
      findings.push(...(suppressed ? some : some.filter(isActive)));
    }
    await this.scans.completed(scanId);
    return findings;
  }
}
