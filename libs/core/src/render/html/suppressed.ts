import type { Finding } from '../../model/finding';
import { isActive, suppressionOf, type SuppressionKind } from '../../model/suppression';
import type { SuppressionNotice } from '../../suppression/suppression-notice';
import type { ScanDocument } from '../document';
import { ruleOf } from './finding-card';
import { html, piece, type Markup } from './markup';
import { MOST, placeOf, scrolled, severityTag, titleOf } from './parts';
import { counted, grouped, shortened } from './visible-text';

const KIND_WORDS: Readonly<Record<SuppressionKind, string>> = {
  inline: 'Comment in the code',
  config: 'Configuration',
  baseline: 'Baseline',
  import: 'Imported document',
};

/** What somebody decided not to count, with who and why, and what is to be said of those decisions. */
export function* suppressedSection(document: ScanDocument, most: number): Generator<Markup> {
  const { findings, notices, summary } = document;
  const suppressed = findings.filter((finding) => !isActive(finding));
  yield piece`<section id="suppressed" aria-labelledby="suppressed-heading">
    <h2 id="suppressed-heading">Suppressions</h2>
    <p>${countWords(summary.suppressedFindings, suppressed.length)}</p>
    `;
  if (suppressed.length > 0) yield* rowsOf(suppressed.slice(0, most), suppressed.length);
  if (notices.length > 0) yield noticeTable(notices);
  yield piece`</section>
    `;
}

function countWords(count: number, listed: number): string {
  if (count === 0) return 'No finding is suppressed.';
  const words = `${counted(count, 'finding')} ${count === 1 ? 'is' : 'are'} suppressed: found, but by somebody's decision in no count, score or gate.`;
  return listed === 0 ? `${words} This report leaves them out.` : words;
}

function* rowsOf(shown: readonly Finding[], count: number): Generator<Markup> {
  yield piece`<div class="scroll" role="region" aria-label="Suppressed findings" tabindex="0">
    <table class="rest">
      <caption>
        Suppressed
        findings${shown.length === count ? '' : `: the first ${grouped(shown.length)} of ${grouped(count)}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Finding</th>
          <th scope="col">Rule</th>
          <th scope="col">By</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
    `;
  for (const finding of shown) yield rowOf(finding);
  yield piece`</tbody>
    </table>
    </div>
    `;
}

function rowOf(finding: Finding): Markup {
  const suppression = suppressionOf(finding);
  const place = placeOf(finding);
  const reason = suppression?.reason ?? null;
  return html`<tr>
    <td>${severityTag(finding.severity)}</td>
    <td>${titleOf(finding)}${place === null ? null : html`<br /><code>${place}</code>`}</td>
    <td>${ruleOf(finding)}</td>
    <td>${suppression === null ? null : KIND_WORDS[suppression.kind]}</td>
    <td>
      ${reason === null ? html`<span class="muted">No reason given</span>` : shortened(reason, MOST.path)}
    </td>
  </tr> `;
}

function noticeTable(notices: readonly SuppressionNotice[]): Markup {
  return html`<h3>About the suppressions themselves</h3>
    ${scrolled(
      'About suppressions',
      html`<table class="rest">
        <caption>
          ${counted(notices.length, 'suppression')} that ${notices.length === 1 ? 'does' : 'do'}
          nothing, no longer, or not what was meant
        </caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Rule</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          ${notices.map(noticeRow)}
        </tbody>
      </table>`,
    )} `;
}

function noticeRow({ filePath, line, rule, kind, message }: SuppressionNotice): Markup {
  const place = `${shortened(filePath ?? 'configuration', MOST.path)}:${String(line)}`;
  return html`<tr>
    <td><code>${place}</code></td>
    <td>${rule === null ? 'all rules' : html`<code>${shortened(rule, MOST.word)}</code>`}</td>
    <td>${kind.replaceAll('_', ' ')}: ${shortened(message, MOST.path)}</td>
  </tr> `;
}
