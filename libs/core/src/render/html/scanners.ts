import type { OutcomeStatus } from '@securescan/contracts';
import type { ScannerOutcome } from '../../model/outcome';
import type { ScanDocument } from '../document';
import { scanTypeWords } from './cover';
import { html, type Markup } from './markup';
import { MOST, scrolled } from './parts';
import { counted, grouped, shortened } from './visible-text';

const STATUS_WORDS: Readonly<Record<OutcomeStatus, string>> = {
  completed: 'Completed',
  failed: 'Failed',
  timed_out: 'Timed out',
  skipped: 'Skipped',
};
const SHORT_DIGEST = 16;
const MAX_REMARKS = 20;

/** Who looked, at how much, and who did not. */
export function scannersSection({ outcomes }: ScanDocument): Markup {
  return html`<section id="scanners" class="flow" aria-labelledby="scanners-heading">
    <h2 id="scanners-heading">Scanner coverage</h2>
    <p>
      “Reported” counts what a scanner said itself, before reports of several about one defect were
      merged. “Rules” names the rules that ran by the first digits of their SHA-256, where they are
      known.
    </p>
    ${outcomes.length === 0 ? html`<p>No scanner was asked.</p>` : scrolled('Scanners', tableOf(outcomes))}
  </section> `;
}

function tableOf(outcomes: readonly ScannerOutcome[]): Markup {
  return html`<table>
    <caption>
      ${counted(outcomes.length, 'scanner')}, and how each ended
    </caption>
    <thead>
      <tr>
        <th scope="col">Scanner</th>
        <th scope="col">Status</th>
        <th scope="col">Version</th>
        <th scope="col">Rules</th>
        <th scope="col" class="num">Files</th>
        <th scope="col" class="num">Reported</th>
      </tr>
    </thead>
    <tbody>
      ${outcomes.map(rowOf)}
    </tbody>
  </table>`;
}

function rowOf(outcome: ScannerOutcome): Markup {
  const { scanner, scanType, status, version, rulePackDigest, filesAssessed } = outcome;
  const isWell = status === 'completed';
  return html`<tr>
    <th scope="row">
      ${shortened(scanner, MOST.word)}
      <div class="inner">${scanTypeWords(scanType)}</div>
    </th>
    <td>
      ${isWell ? STATUS_WORDS[status] : html`<strong>${STATUS_WORDS[status]}</strong>`}${remarksOf(outcome)}
    </td>
    <td>${version === null ? '–' : shortened(version, MOST.word)}</td>
    <td class="nowrap">
      ${rulePackDigest === null ? '–' : html`<code>${rulePackDigest.slice(0, SHORT_DIGEST)}</code>`}
    </td>
    <td class="num">${filesAssessed === null ? '–' : grouped(filesAssessed)}</td>
    <td class="num">${isWell ? grouped(outcome.findingsCount) : '–'}</td>
  </tr> `;
}

/** Why it did not complete, what to do about it, and what it left out. */
function remarksOf({ reason, installHint, filesSkipped, notes }: ScannerOutcome): Markup | null {
  const remarks = [
    ...(reason === null ? [] : [reason]),
    ...(installHint === null ? [] : [installHint]),
    ...filesSkipped.map(
      (skipped) => `${counted(skipped.count, 'file')} left out: ${skipped.reason}`,
    ),
    ...notes,
  ];
  if (remarks.length === 0) return null;
  const shown = remarks.slice(0, MAX_REMARKS);
  const further = remarks.length - shown.length;
  return html`<ul class="inner">
    ${shown.map((remark) => html`<li>${shortened(remark, MOST.path)}</li>`)}${further === 0 ? null : html`<li>${counted(further, 'more remark')}</li>`}
  </ul>`;
}
