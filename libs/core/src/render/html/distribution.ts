import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import { isActive } from '../../model/suppression';
import { compareCodePoints } from '../../order/compare-code-points';
import type { ScanDocument } from '../document';
import { SEVERITY_LABELS } from '../text-parts';
import { html, type Markup } from './markup';
import { bar, MOST, numberCell, scrolled, severitySegments } from './parts';
import { grouped, shortened } from './visible-text';

const MOST_ROWS = 10;

interface Tally {
  readonly name: string;
  total: number;
  readonly bySeverity: Record<Severity, number>;
}

/** Three charts, each of which is a table whose rows have a bar. */
export function distributionSection({ findings }: ScanDocument): Markup {
  const active = findings.filter(isActive);
  return html`<section id="distribution" aria-labelledby="distribution-heading">
    <h2 id="distribution-heading">Where the findings are</h2>
    ${active.length === 0 ? html`<p>There is no active finding.</p>` : chartsOf(active)}
  </section> `;
}

function chartsOf(active: readonly Finding[]): Markup {
  const located = active.filter(({ filePath }) => filePath !== null);
  const elsewhere = active.length - located.length;
  const noPlace =
    elsewhere === 0
      ? null
      : html`<p class="muted">
          ${grouped(elsewhere)} active ${elsewhere === 1 ? 'finding is' : 'findings are'} about no
          file.
        </p>`;
  return html`${severityKey()}
  ${chart(
    'Scanner',
    'Active findings by scanner',
    tallied(active, ({ scanner }) => scanner),
  )}
  ${chart('Directory', 'Active findings by directory', tallied(located, directoryOf))}
  ${chart(
    'File',
    'Active findings by file',
    tallied(located, ({ filePath }) => filePath ?? ''),
  )}
  ${noPlace}`;
}

function severityKey(): Markup {
  return html`<ul class="key" aria-label="Colours of the bars">
    ${SEVERITIES.map(
      (severity) =>
        html`<li>
          <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
            <rect class="fill-${severity}" width="10" height="10"></rect></svg
          >${SEVERITY_LABELS[severity]}
        </li>`,
    )}
  </ul>`;
}

function chart(heading: string, caption: string, tallies: readonly Tally[]): Markup {
  if (tallies.length === 0) return html``;
  const shown = tallies.slice(0, MOST_ROWS);
  const longest = shown[0]?.total ?? 0;
  const which =
    shown.length === tallies.length
      ? caption
      : `${caption}: the first ${String(MOST_ROWS)} of ${grouped(tallies.length)}`;
  const table = html`<table class="chart">
    <caption>
      ${which}
    </caption>
    <thead>
      <tr>
        <th scope="col">${heading}</th>
        <th scope="col" class="num">Findings</th>
        <td class="bars"></td>
        ${SEVERITIES.map((severity) => html`<th scope="col" class="num">${SEVERITY_LABELS[severity]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${shown.map((tally) => rowOf(tally, longest))}
    </tbody>
  </table>`;
  return html`<div class="part">${scrolled(caption, table)}</div> `;
}

function rowOf({ name, total, bySeverity }: Tally, longest: number): Markup {
  return html`<tr>
    <th scope="row">${shortened(name, MOST.path)}</th>
    ${numberCell(total)}
    <td class="bars">${bar(severitySegments(bySeverity), longest, 'bar')}</td>
    ${SEVERITIES.map((severity) => numberCell(bySeverity[severity]))}
  </tr> `;
}

/** The most findings first, and by name where they are as many. */
function tallied(
  findings: readonly Finding[],
  nameOf: (finding: Finding) => string,
): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const finding of findings) {
    const name = nameOf(finding);
    let tally = tallies.get(name);
    if (tally === undefined) {
      const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
      tally = { name, total: 0, bySeverity };
      tallies.set(name, tally);
    }
    tally.total += 1;
    tally.bySeverity[finding.severity] += 1;
  }
  return [...tallies.values()].sort(
    (a, b) => b.total - a.total || compareCodePoints(a.name, b.name),
  );
}

function directoryOf({ filePath }: Finding): string {
  const path = filePath ?? '';
  const end = path.lastIndexOf('/');
  return end <= 0 ? '.' : path.slice(0, end);
}
