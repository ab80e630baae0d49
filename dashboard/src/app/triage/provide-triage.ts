import type { Provider } from '@angular/core';
import { FindingDossier } from './finding-dossier';
import { FindingList } from './finding-list';
import { FINDING_SOURCE, type FindingSource } from './finding-source';
import { FindingsBrowser } from './findings-browser';
import { OpenedFinding } from './opened-finding';
import { VerdictApi } from './verdict-api';
import { VerdictWriter } from './verdict-writer';

/** What decides about findings. A page that shows them in its own way says which one is open. */
export function provideVerdicts(): Provider[] {
  return [FindingDossier, FindingList, VerdictApi, VerdictWriter];
}

/** What a page with `app-findings-section` provides. @param source makes the source of its findings, and may inject */
export function provideFindingsSection(source: () => FindingSource): Provider[] {
  return [
    ...provideVerdicts(),
    FindingsBrowser,
    { provide: FINDING_SOURCE, useFactory: source },
    { provide: OpenedFinding, useExisting: FindingsBrowser },
  ];
}
