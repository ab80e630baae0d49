import type { VexFormat } from '@securescan/contracts';
import { Injectable } from '@nestjs/common';
import { VEX_RENDERERS, type VexRenderer, VexStatements, type VexVerdict } from '@securescan/core';
import type { FindingStateBody } from '@securescan/contracts';
import { productVersion } from '@securescan/host-node';
import { inPieces } from '../../common/in-pieces';
import { startedPieces } from '../../common/started-pieces';
import { FindingsService } from '../findings/findings.service';
import { HeldFindings } from '../reports/held-findings';
import type { OpenReport } from '../reports/reports.service';
import type { ScanRecord } from '../scans/scan.mapper';
import { ScansService } from '../scans/scans.service';
import { VerdictsService } from '../triage/verdicts.service';
import { VexEmptyError } from './vex.errors';

/** A document on its way, with how many findings it has no words for. */
export interface OpenVexDocument extends OpenReport {
  readonly leftOut: number;
}

/** Tells others what was decided about known vulnerabilities in packages. */
@Injectable()
export class VexDocumentsService {
  private readonly toolVersion = productVersion();

  constructor(
    private readonly scans: ScansService,
    private readonly findings: FindingsService,
    private readonly verdicts: VerdictsService,
    private readonly held: HeldFindings,
  ) {}

  /**
   * @throws ScanNotFoundError @throws ScanNotCompletedError @throws VexEmptyError @throws ReportTooLargeError
   * @throws ReportsBusyError
   */
  async open(scanId: string, format: VexFormat): Promise<OpenVexDocument> {
    const record = await this.scans.completed(scanId);
    const renderer = VEX_RENDERERS[format];
    const statements = new VexStatements();
    return {
      fileName: `securescan-${scanId.slice(0, 8)}${renderer.fileExtension}`,
      mediaType: renderer.mediaType,
      pieces: await startedPieces(this.pieces(record, statements, renderer)),
      leftOut: statements.leftOut,
    };
  }

  /** An error where the scan is deleted meanwhile: half of a document must not look like a whole one. */
  private async *pieces(
    record: ScanRecord,
    statements: VexStatements,
    { mayBeEmpty, render }: VexRenderer,
  ): AsyncGenerator<string, void> {
    const { findingsCount, suppressedCount, project, createdAt, completedAt } = record.scan;
    const count = findingsCount + suppressedCount;
    const release = this.held.claim(count);
    try {
      await this.collect(record, count, statements);
      const document = statements.document({
        toolVersion: this.toolVersion,
        project,
        asOf: completedAt ?? createdAt,
      });
      if (document.statements.length === 0 && !mayBeEmpty) throw new VexEmptyError();
      yield* inPieces(render(document));
    } finally {
      release();
    }
  }

  private async collect(
    { scan }: ScanRecord,
    count: number,
    statements: VexStatements,
  ): Promise<void> {
    for await (const some of this.findings.all(scan.id, count)) {
      const fingerprints = [...new Set(some.map(({ fingerprint }) => fingerprint))];
      const states = await this.verdicts.verdictsFor(scan.project, fingerprints);
      for (const finding of some) {
        const state = states.get(finding.fingerprint);
        statements.add(finding, state === undefined ? null : toVerdict(state));
      }
    }
    await this.scans.completed(scan.id);
  }
}

function toVerdict({ status, note, reason, updated_at: updatedAt }: FindingStateBody): VexVerdict {
  return { status, note, reason, updatedAt };
}
