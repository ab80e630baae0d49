import type { Framework } from '../../compliance/framework';
import type { ScanDocument } from '../document';
import { complianceSection } from './compliance';
import { cover, subjectOf } from './cover';
import { distributionSection } from './distribution';
import { findingsSection, LISTING_LIMITS, limitWords, type ListingLimits } from './findings';
import { html, piece, styleElement, titleElement, type Markup } from './markup';
import { scannersSection } from './scanners';
import { CONTENT_POLICY, STYLE_SHEET } from './style';
import { summarySection } from './summary';
import { suppressedSection } from './suppressed';

export interface HtmlOptions {
  readonly limits?: ListingLimits | undefined;
  /** The operator's own, beside those that ship. */
  readonly frameworks?: readonly Framework[] | undefined;
}

/**
 * The report as one HTML file, in pieces: no script, nothing loaded from anywhere, readable in light, dark and print. The same
 * document gives the same bytes. Of very many findings the worst are described, and the report says what it leaves out.
 */
export function* htmlChunks(
  document: ScanDocument,
  { limits = LISTING_LIMITS, frameworks = [] }: HtmlOptions = {},
): Generator<string> {
  yield '<!doctype html>\n';
  for (const piece of pieces(document, limits, frameworks)) yield piece.toString();
}

function* pieces(
  document: ScanDocument,
  limits: ListingLimits,
  frameworks: readonly Framework[],
): Generator<Markup> {
  yield piece`<html lang="en">
    <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="SecureScan ${document.toolVersion}">
      ${titleElement(`Security report: ${subjectOf(document)}`)}
      ${styleElement(STYLE_SHEET)}
    </head>
    <body>
      <a class="skip" href="#report">Skip to the report</a>
      ${cover(document)}
      <main id="report" tabindex="-1">
    `;
  yield summarySection(document, limits);
  yield distributionSection(document);
  yield complianceSection(document, frameworks);
  yield* findingsSection(document, limits);
  yield* suppressedSection(document, limits.suppressed);
  yield scannersSection(document);
  yield makingSection(document, limits);
  yield piece`</main>
      <footer>
        <p>
          Made by SecureScan ${document.toolVersion}. Whoever has this file knows what it says: treat it as confidential.
        </p>
      </footer>
    </body>
    </html>
    `;
}

function makingSection({ summary }: ScanDocument, limits: ListingLimits): Markup {
  const left = limitWords(summary.totalFindings, limits);
  return html`<section id="making" class="flow" aria-labelledby="making-heading">
    <h2 id="making-heading">How this report was made</h2>
    <p>
      SecureScan ran the scanners above, brought their reports into one form, merged those that are
      about the same defect, and put them in order: severity, scanner, rule, file, line. It shows no
      time, no duration and no id of the scan, so that the same findings give the same file on every
      machine and two reports can be compared byte by byte.
    </p>
    <p>
      The risk score is a logarithmic curve over the active findings, each weighted by its severity
      and by how often its scanner is right. It compares states of one project; it is no
      probability.
    </p>
    <p>
      Secrets were masked before anything was stored or shown, and characters that could hide or
      reorder text are shown by their numbers. Very long texts end with an ellipsis. A fingerprint
      stays the same while the code it is about does, and is shown by its first
      digits.${left === null ? null : ` ${left}`}
    </p>
    <p>
      This file holds no script and loads nothing; its only links outward lead to the definitions of
      weaknesses at cwe.mitre.org.
    </p>
  </section> `;
}
