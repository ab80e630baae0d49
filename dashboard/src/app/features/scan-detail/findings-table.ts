import { Component, input, linkedSignal } from '@angular/core';
import type { FindingWithStateBody } from '@securescan/contracts';
import { placeOf } from '../../ui/finding-place/finding-place';
import { Icon } from '../../ui/icon/icon';
import { SeverityPill } from '../../ui/severity/severity-pill';
import { type Suppression, suppressionOf } from '../../ui/suppression/suppression';
import { SuppressionNote } from '../../ui/suppression/suppression-note';
import { shortPath } from '../../ui/text/short-path';
import { FindingDetails } from './finding-details';

/** Findings as rows in the order in which the server gives them; each opens to its details. */
@Component({
  selector: 'app-findings-table',
  imports: [FindingDetails, Icon, SeverityPill, SuppressionNote],
  templateUrl: './findings-table.html',
  styleUrl: './findings-table.css',
})
export class FindingsTable {
  readonly findings = input.required<readonly FindingWithStateBody[]>();

  /** Ids of the opened rows: those that are still shown stay open when the findings are read again. */
  private readonly opened = linkedSignal<readonly FindingWithStateBody[], ReadonlySet<string>>({
    source: this.findings,
    computation: (findings, previous) => {
      const shown = new Set(findings.map(({ id }) => id));
      return new Set([...(previous?.value ?? [])].filter((id) => shown.has(id)));
    },
  });

  protected isOpen(id: string): boolean {
    return this.opened().has(id);
  }

  protected toggle(id: string): void {
    this.opened.update((opened) => {
      const next = new Set(opened);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  /** The row is a large target for the mouse; keyboard and screen reader have the button in it. */
  protected toggleByRow(id: string, event: Event): void {
    const isControl = event.target instanceof Element && event.target.closest('button, a') !== null;
    if (!isControl) this.toggle(id);
  }

  protected suppression(finding: FindingWithStateBody): Suppression | null {
    return suppressionOf(finding);
  }

  protected place(finding: FindingWithStateBody): string {
    return placeOf(finding);
  }

  protected shortPlace(finding: FindingWithStateBody): string {
    return shortPath(placeOf(finding), 56);
  }
}
