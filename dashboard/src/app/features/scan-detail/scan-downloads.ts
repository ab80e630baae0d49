import { Injectable, inject, signal } from '@angular/core';
import { scanRoute } from '../../core/api/routes';
import { Downloads } from '../../core/downloads/downloads';
import { Toaster } from '../../core/toasts/toaster';
import { SCAN_DOCUMENTS } from './scan-documents';

/** Saves a scan as one of its documents, one at a time: some take the server a while. */
@Injectable()
export class ScanDownloads {
  private readonly downloads = inject(Downloads);
  private readonly toaster = inject(Toaster);
  private readonly isBusy = signal(false);

  readonly pending = this.isBusy.asReadonly();

  /** @param id of one of `SCAN_DOCUMENTS` */
  async save(scan: string, id: string): Promise<void> {
    const document = SCAN_DOCUMENTS.find((offered) => offered.id === id);
    if (document === undefined || this.isBusy()) return;
    this.isBusy.set(true);
    const problem = await this.downloads.save({
      url: scanRoute(scan, document.route),
      params: { format: document.format },
      fileName: `securescan-${scan.slice(0, 8)}.${document.ending}`,
    });
    this.isBusy.set(false);
    if (problem !== null) this.toaster.failed(`${document.label}: nothing was saved`, problem);
  }
}
