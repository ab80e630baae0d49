import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ComparedFindingBody, ComparisonBody } from '@securescan/contracts';
import { ArrowMoves } from '../../ui/arrow-moves/arrow-moves';
import { placeOf } from '../../ui/finding-place/finding-place';
import { SeverityPill } from '../../ui/severity/severity-pill';
import { SuppressionNote } from '../../ui/suppression/suppression-note';
import { suppressionOf } from '../../ui/suppression/suppression';
import { reasonOf } from './difference-words';

/** The findings of one class, each with a link to it in the scan that tells of it. */
@Component({
  selector: 'app-difference-table',
  imports: [ArrowMoves, RouterLink, SeverityPill, SuppressionNote],
  templateUrl: './difference-table.html',
  styleUrl: './difference-table.css',
})
export class DifferenceTable {
  readonly caption = input.required<string>();
  readonly findings = input.required<readonly ComparedFindingBody[]>();
  readonly comparison = input.required<ComparisonBody>();
  /** Tells why each of them could not be assessed. */
  readonly showsReasons = input(false);

  protected readonly place = placeOf;
  protected readonly suppression = suppressionOf;

  protected reason(finding: ComparedFindingBody): string {
    return reasonOf(finding.scanner, this.comparison());
  }

  protected sideWords({ side }: ComparedFindingBody): string {
    return side === 'base' ? 'in the base' : 'in the head';
  }
}
