import { SEVERITIES } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import type { ScannerOutcome } from '../../model/outcome';
import { isActive } from '../../model/suppression';
import { isComplete, type ScanDocument } from '../document';
import { ruleOf } from './finding-card';
import type { ListingLimits } from './findings';
import { html, joined, type Markup } from './markup';
import { bar, placeOf, severitySegments, severityTag, titleOf } from './parts';
import { counted, grouped } from './visible-text';

const MOST_WORST = 5;

/** A rule that reports something critical or high. */
interface WorstRule {
  readonly first: Finding;
  /** Of the first one, counted from 1 among the active findings. */
  readonly number: number;
  count: number;
}

export function summarySection(document: ScanDocument, limits: ListingLimits): Markup {
  const { summary, outcomes } = document;
  return html`<section id="summary" class="flow" aria-labelledby="summary-heading">
    <h2 id="summary-heading">Executive summary</h2>
    ${incompleteNotice(outcomes)}
    <p>${sentenceOf(document)}</p>
    ${bar(severitySegments(summary.bySeverity), summary.totalFindings, 'bar wide')}
    <table class="counts">
      <caption>
        Active findings by severity
      </caption>
      <thead>
        <tr>
          ${SEVERITIES.map((severity) => html`<th scope="col">${severityTag(severity)}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr>
          ${SEVERITIES.map((severity) => html`<td class="${summary.bySeverity[severity] === 0 ? 'zero' : 'some'}">${grouped(summary.bySeverity[severity])}</td>`)}
        </tr>
      </tbody>
    </table>
    <p>Scanners that completed: ${summary.scannersRun.join(', ') || 'none'}.</p>
    ${worstFindings(document, limits.cards + limits.rows)}
  </section> `;
}

function sentenceOf({ summary }: ScanDocument): string {
  const { totalFindings, suppressedFindings, bySeverity } = summary;
  const urgent = bySeverity.critical + bySeverity.high;
  const found =
    totalFindings === 0
      ? 'The scan reports no active finding.'
      : `The scan reports ${counted(totalFindings, 'active finding')}, of which ${grouped(urgent)} ${urgent === 1 ? 'is' : 'are'} critical or high.`;
  if (suppressedFindings === 0) return `${found} Nothing is suppressed.`;
  return `${found} ${grouped(suppressedFindings)} more ${suppressedFindings === 1 ? 'is' : 'are'} suppressed and not counted here.`;
}

function incompleteNotice(outcomes: readonly ScannerOutcome[]): Markup | null {
  if (isComplete(outcomes)) return null;
  const failed = outcomes.filter(({ status }) => status === 'failed' || status === 'timed_out');
  const names = failed.map(({ scanner }) => scanner).join(', ');
  const cause = names === '' ? 'no scanner completed' : `${names} did not complete`;
  return html`<div class="notice warn">
    <p>
      <strong>This scan is incomplete:</strong> ${cause}. What is missing below may be there all the
      same.
    </p>
  </div>`;
}

function worstFindings({ findings }: ScanDocument, listed: number): Markup {
  const worst = worstRules(findings);
  const rows = worst.slice(0, MOST_WORST).map(({ first, number, count }) => {
    const place = placeOf(first);
    const more =
      count === 1 ? null : html`, and ${counted(count - 1, 'more finding')} of this rule`;
    const parts = [
      ...(place === null ? [] : [html`<code>${place}</code>`]),
      html`${ruleOf(first)}${more}`,
    ];
    return html`<li>
      ${severityTag(first.severity)}
      <div>
        ${number > listed ? titleOf(first) : html`<a href="#finding-${number}">${titleOf(first)}</a>`}<br /><span
          class="muted"
          >${joined(parts)}</span
        >
      </div>
    </li> `;
  });
  const further = worst.length - rows.length;
  return html`<h3>Most urgent</h3>
    ${
      rows.length === 0
        ? html`<p>No finding is critical or high.</p>`
        : html`<ol class="worst">
            ${rows}
          </ol>`
    }
    ${further > 0 ? html`<p class="muted">${counted(further, 'more rule')} with critical or high findings: see <a href="#findings">Findings</a>.</p>` : null} `;
}

/** Of findings in canonical order. */
function worstRules(findings: readonly Finding[]): readonly WorstRule[] {
  const rules = new Map<string, WorstRule>();
  let number = 0;
  for (const finding of findings) {
    if (!isActive(finding)) continue;
    number += 1;
    if (finding.severity !== 'critical' && finding.severity !== 'high') break;
    const key = JSON.stringify([finding.severity, finding.scanner, finding.ruleId]);
    const known = rules.get(key);
    if (known === undefined) rules.set(key, { first: finding, number, count: 1 });
    else known.count += 1;
  }
  return [...rules.values()];
}
