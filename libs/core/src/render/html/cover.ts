import type { ScanType } from '@securescan/contracts';
import type { ScannerOutcome } from '../../model/outcome';
import { riskBand } from '../../severity/risk-score';
import { isComplete, type ScanDocument } from '../document';
import { SEVERITY_LABELS } from '../text-parts';
import { html, type Markup } from './markup';
import { fact, MOST } from './parts';
import { counted, grouped, shortened } from './visible-text';

const SCAN_TYPE_WORDS: Readonly<Record<ScanType, string>> = {
  code: 'Code',
  dependency: 'Dependencies',
  iac: 'Infrastructure as code',
  baseline: 'System baseline',
  dast: 'Web application',
  network: 'Network',
};

/** Sections in the order of the report. */
export const SECTIONS = [
  ['summary', 'Executive summary'],
  ['distribution', 'Where the findings are'],
  ['compliance', 'Compliance'],
  ['findings', 'Findings'],
  ['suppressed', 'Suppressions'],
  ['scanners', 'Scanner coverage'],
  ['making', 'How this report was made'],
] as const;

/** What the report is about, in a few words. */
export function subjectOf({ project, target }: ScanDocument): string {
  if (project === null) return shortened(target === '.' ? 'Unnamed project' : target, MOST.path);
  return shortened(project, MOST.path);
}

export function scanTypeWords(type: ScanType): string {
  return SCAN_TYPE_WORDS[type];
}

export function cover(document: ScanDocument): Markup {
  const { summary, target, outcomes, toolVersion } = document;
  return html`<header class="cover">
      <div>
        <p class="brand">SecureScan ${toolVersion}</p>
        <h1>Security report</h1>
        <p class="subject">${subjectOf(document)}</p>
        <dl class="facts">
          ${fact('Target', target === '.' ? 'The whole project' : html`<code>${shortened(target, MOST.path)}</code>`)}
          ${fact('Scan types', document.scanTypes.map(scanTypeWords).join(', ') || 'None')}
          ${fact('Result', completenessWords(outcomes))}
          ${fact('Findings', `${grouped(summary.totalFindings)} active, ${grouped(summary.suppressedFindings)} suppressed`)}
        </dl>
      </div>
      ${riskBox(summary.riskScore)}
    </header>
    <nav aria-label="Contents">
      <ol>
        ${SECTIONS.map(([id, heading]) => html`<li><a href="#${id}">${heading}</a></li>`)}
      </ol>
    </nav> `;
}

/** Whether the result can be relied on, in words. */
function completenessWords(outcomes: readonly ScannerOutcome[]): string {
  if (!isComplete(outcomes)) return 'Incomplete: see scanner coverage';
  const skipped = outcomes.filter(({ status }) => status === 'skipped').length;
  return skipped === 0 ? 'Complete' : `Complete; ${counted(skipped, 'scanner')} skipped`;
}

function riskBox(score: number): Markup {
  const band = riskBand(score);
  const place = Math.round(score * 10);
  return html`<div class="risk" role="group" aria-labelledby="risk">
    <p class="muted" id="risk">Risk score</p>
    <p class="score">
      <b>${score.toFixed(1)}</b> of 100 <span class="tag ${band}">${SEVERITY_LABELS[band]}</span>
    </p>
    <svg
      class="bar wide"
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect class="band" x="0" width="1000" height="10"></rect>
      <rect class="fill-${band}" x="0" width="${place}" height="10"></rect>
      ${[10, 250, 500, 700].map((start) => html`<rect class="mark" x="${start}" width="2" height="10"></rect>`)}
    </svg>
    <p class="muted">Bands begin at 1 (low), 25 (medium), 50 (high) and 70 (critical).</p>
  </div>`;
}
