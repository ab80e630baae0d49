import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Finding, type ScannerOutcome, summarise } from '@securescan/core';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { ScanRecorder } from '../../src/modules/scans/scan-recorder';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { storeScan } from './made-findings';

/** A scan that has begun, with what it is going to find. */
export interface BegunScan {
  /** @returns whether the scan has completed. */
  complete(): Promise<boolean>;
}

/** Begins a scan as the server does; what the scanners would bring is given, and in the database already. */
export async function beginScan(
  app: NestFastifyApplication,
  scanned: Pick<ScanEntity, 'id' | 'project'> & Partial<Pick<ScanEntity, 'origin'>>,
  findings: readonly Finding[],
): Promise<BegunScan> {
  await storeScan(
    app,
    { ...scanned, status: 'pending', createdAt: new Date().toISOString() },
    findings,
  );
  const scan = await app
    .get(UnitOfWork)
    .run((tx) => tx.manager.findOneByOrFail(ScanEntity, { id: scanned.id }));
  const recorder = app.get(ScanRecorder, { strict: false });
  await recorder.begin(scan, []);
  const outcomes: ScannerOutcome[] = [];
  const summary = summarise(findings, outcomes);
  return {
    complete: () =>
      recorder.complete(
        scan,
        { isConclusive: true, outcomes, summary, notices: [], targetInProject: null },
        0,
      ),
  };
}
