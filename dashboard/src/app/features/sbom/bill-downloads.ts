import { Injectable, inject } from '@angular/core';
import type { SbomFormat } from '@securescan/contracts';
import { billRoute } from '../../core/api/routes';
import { Downloads } from '../../core/downloads/downloads';
import { Toaster } from '../../core/toasts/toaster';

export const DOWNLOAD_LABELS: Readonly<Record<SbomFormat, string>> = {
  cyclonedx: 'CycloneDX 1.6',
  spdx: 'SPDX 2.3',
};

/** Saves the documents of bills, and says where that was not possible. */
@Injectable({ providedIn: 'root' })
export class BillDownloads {
  private readonly downloads = inject(Downloads);
  private readonly toaster = inject(Toaster);

  async save(id: string, format: SbomFormat): Promise<void> {
    const problem = await this.downloads.save({
      url: billRoute(id, 'export'),
      params: { format },
      fileName: `sbom-${id.slice(0, 8)}.${format}.json`,
    });
    if (problem !== null) this.toaster.failed('The bill was not downloaded', problem);
  }
}
