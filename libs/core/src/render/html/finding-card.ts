import { adviceOn } from '../../model/advice';
import type { Finding } from '../../model/finding';
import { originalSeverityOf } from '../../policy/override-severity';
import { html, joined, type Markup } from './markup';
import { fact, MOST, placeOf, severityTag, titleOf, toldText, weaknessLink } from './parts';
import { shortened } from './visible-text';

const MAX_LINES = 7;
const MAX_TAGS = 24;
const MAX_REPORTERS = 8;
const SHORT_FINGERPRINT = 16;
/** In characters: from here on a description can be folded away. */
const LONG_TEXT = 900;

/** A finding in full. `number` counts from 1 in the canonical order. */
export function findingCard(finding: Finding, number: number): Markup {
  const { description } = finding;
  const place = placeOf(finding);
  return html`<article
    class="card"
    id="finding-${number}"
    aria-labelledby="finding-${number}-title"
  >
    <header>
      ${severityTag(finding.severity)}
      <div>
        <h4 id="finding-${number}-title">${number}. ${titleOf(finding)}</h4>
        ${place === null ? null : html`<p class="place"><code>${place}</code></p>`}
      </div>
    </header>
    <div class="body">
      ${factsOf(finding)} ${description.trim() === '' ? null : descriptionOf(toldText(description))}
      ${codeOf(finding)} ${remediesOf(finding)}
    </div>
  </article> `;
}

/** What the scanner says is to be done, and what somebody was asked about it. */
function remediesOf(finding: Finding): Markup {
  return joined([remediationIn(finding), adviceIn(finding)], html``);
}

function remediationIn({ remediation }: Finding): Markup | null {
  if (remediation === null || remediation.trim() === '') return null;
  return html`<div class="fix">
    <p><b>Remediation.</b> <span class="told">${toldText(remediation)}</span></p>
  </div>`;
}

/** Said to be a model's before it is read. */
function adviceIn(finding: Finding): Markup | null {
  const advice = adviceOn(finding);
  if (advice === null) return null;
  return html`<div class="fix">
    <p>
      <b>Unchecked advice of the language model ${shortened(advice.model, MOST.word)}.</b>
      <span class="told">${toldText(advice.text)}</span>
    </p>
  </div>`;
}

/** A finding in one row, for lists that are too long for cards. */
export function findingRow(finding: Finding, number: number): Markup {
  return html`<tr id="finding-${number}">
    <td class="num">${number}</td>
    <td>${titleOf(finding)}</td>
    <td><code>${placeOf(finding) ?? 'no file'}</code></td>
    <td>${ruleOf(finding)}</td>
  </tr> `;
}

/** The scanner and its rule; one word where the rule begins with the scanner's name. */
export function ruleOf({ scanner, ruleId }: Finding): Markup {
  const rule = html`<code>${shortened(ruleId, MOST.word)}</code>`;
  return ruleId.startsWith(`${scanner}/`) ? rule : html`${shortened(scanner, MOST.word)} ${rule}`;
}

function factsOf(finding: Finding): Markup {
  const { cwe, complianceTags, fingerprint } = finding;
  return html`<dl class="facts">
    ${fact('Rule', ruleOf(finding))} ${fact('Severity', overruledWords(finding))}
    ${fact('Also reported by', reportersOf(finding))}
    ${fact('Weakness', cwe === null ? null : weaknessLink(cwe))}
    ${fact('Compliance', complianceTags.length === 0 ? null : tagList(complianceTags))}
    ${fact('Fingerprint', html`<code>${fingerprint.slice(0, SHORT_FINGERPRINT)}</code>`)}
  </dl>`;
}

/** Only where the project overruled the scanner; the tag says it otherwise. */
function overruledWords(finding: Finding): string | null {
  const original = originalSeverityOf(finding);
  if (original === null) return null;
  return `${finding.severity} by the project's override, ${shortened(original, MOST.word)} by the scanner`;
}

function reportersOf({ aliases, scanner, ruleId }: Finding): Markup | null {
  const others = aliases.filter((alias) => alias.scanner !== scanner || alias.ruleId !== ruleId);
  const names = [...new Set(others.map((alias) => `${alias.scanner} ${alias.ruleId}`))];
  if (names.length === 0) return null;
  const shown = names.slice(0, MAX_REPORTERS).map((name) => shortened(name, MOST.word));
  const further = names.length - shown.length;
  return joined([...shown, ...(further === 0 ? [] : [`${String(further)} more`])]);
}

function tagList(tags: readonly string[]): Markup {
  const shown = tags.slice(0, MAX_TAGS);
  const further = tags.length - shown.length;
  return html`<ul class="tags">
    ${shown.map((tag) => html`<li class="tag">${shortened(tag, MOST.word)}</li>`)}${further === 0 ? null : html`<li>${further} more</li>`}
  </ul>`;
}

function descriptionOf(text: string): Markup {
  if (text.length < LONG_TEXT) return html`<p><span class="told">${text}</span></p>`;
  return html`<details open>
    <summary>Description</summary>
    <p><span class="told">${text}</span></p>
  </details>`;
}

/** The stored lines of code (see `toStoredSnippet`), with the ones that the finding is about marked. */
function codeOf({ metadata, lineStart, lineEnd }: Finding): Markup | null {
  const { snippet } = metadata;
  if (typeof snippet !== 'object' || snippet === null || Array.isArray(snippet)) return null;
  const { start_line: first, lines } = snippet;
  if (typeof first !== 'number' || !Number.isSafeInteger(first) || !Array.isArray(lines))
    return null;
  const texts = lines.filter((line) => typeof line === 'string').slice(0, MAX_LINES);
  if (texts.length === 0) return null;
  const start = lineStart ?? 0;
  const end = Math.max(lineEnd ?? start, start);
  const rows = texts.map((text, index) => {
    const line = first + index;
    return codeRow(line, shortened(text, MOST.path), line >= start && line <= end);
  });
  return html`<pre><code>${rows}</code></pre>`;
}

function codeRow(line: number, text: string, isHit: boolean): Markup {
  const number = `${isHit ? '> ' : ''}${String(line)}`;
  // A line feed in it would look like another line of the file.
  const code = text.replaceAll('\n', ' ');
  return isHit
    ? html`<mark class="row hit"><span class="no">${number}</span><span>${code}</span></mark>`
    : html`<span class="row"><span class="no">${number}</span><span>${code}</span></span>`;
}
