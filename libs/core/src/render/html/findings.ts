import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import { isActive } from '../../model/suppression';
import type { ScanDocument } from '../document';
import { SEVERITY_LABELS } from '../text-parts';
import { findingCard, findingRow } from './finding-card';
import { html, piece, type Markup } from './markup';
import { counted, grouped } from './visible-text';

/** How much of a large scan the report lists. The worst come first, so what is left out is never worse than what is listed. */
export interface ListingLimits {
  /** Findings described in full. */
  readonly cards: number;
  /** Findings behind those, in a row each. The rest is counted. */
  readonly rows: number;
  /** Suppressed findings, in a row each. */
  readonly suppressed: number;
}

/** What a browser opens within a second or two, and prints. */
export const LISTING_LIMITS: ListingLimits = { cards: 2_000, rows: 8_000, suppressed: 2_000 };

export function* findingsSection(
  { findings }: ScanDocument,
  limits: ListingLimits,
): Generator<Markup> {
  const active = findings.filter(isActive);
  yield piece`<section id="findings" aria-labelledby="findings-heading">
    <h2 id="findings-heading">Findings</h2>
    ${active.length === 0 ? html`<p>There is no active finding.</p>` : null}
    ${limitNotice(active.length, limits)}
    `;
  for (const severity of SEVERITIES) yield* severityPart(severity, active, limits);
  yield piece`</section>
    `;
}

/** What is not described in full, in words; `null` where everything is. */
export function limitWords(count: number, { cards, rows }: ListingLimits): string | null {
  if (count <= cards) return null;
  const counts = [
    `The first ${grouped(cards)} findings are described in full`,
    `the ${count <= cards + rows ? 'others' : `next ${grouped(rows)}`} are listed in a row each`,
    ...(count <= cards + rows ? [] : [`${grouped(count - cards - rows)} are only counted`]),
  ];
  return `${counts.slice(0, -1).join(', ')} and ${counts.at(-1) ?? ''}. The worst come first; the JSON report of the same scan lists all.`;
}

function limitNotice(count: number, limits: ListingLimits): Markup | null {
  const words = limitWords(count, limits);
  return words === null ? null : html`<div class="notice"><p>${words}</p></div>`;
}

function* severityPart(
  severity: Severity,
  active: readonly Finding[],
  { cards, rows }: ListingLimits,
): Generator<Markup> {
  const from = active.findIndex((finding) => finding.severity === severity);
  if (from < 0) return;
  const after = active.findLastIndex((finding) => finding.severity === severity) + 1;
  yield html`<h3 id="${severity}">${SEVERITY_LABELS[severity]} (${grouped(after - from)})</h3> `;
  const firstRow = Math.min(Math.max(cards, from), after);
  const firstCounted = Math.min(Math.max(cards + rows, from), after);
  for (let index = from; index < firstRow; index += 1) {
    const finding = active[index];
    if (finding !== undefined) yield findingCard(finding, index + 1);
  }
  if (firstRow < firstCounted) yield* rowsOf(active, firstRow, firstCounted);
  if (firstCounted < after) {
    yield html`<p class="muted">
      ${counted(after - firstCounted, 'finding')} of this severity
      ${after - firstCounted === 1 ? 'is' : 'are'} counted and not listed.
    </p> `;
  }
}

function* rowsOf(active: readonly Finding[], from: number, end: number): Generator<Markup> {
  yield piece`<table class="rest">
    <caption>
      ${counted(end - from, 'finding')} in brief
    </caption>
    <thead>
      <tr>
        <th scope="col" class="num">No.</th>
        <th scope="col">Finding</th>
        <th scope="col">Place</th>
        <th scope="col">Rule</th>
      </tr>
    </thead>
    <tbody>
    `;
  for (let index = from; index < end; index += 1) {
    const finding = active[index];
    if (finding !== undefined) yield findingRow(finding, index + 1);
  }
  yield piece`</tbody>
    </table>
    `;
}
